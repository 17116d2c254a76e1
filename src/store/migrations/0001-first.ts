import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Flavour } from './flavour.ts';
import type { Migration } from './migrate.ts';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const references = (target: string) => (column: ColumnDefinitionBuilder) => column.notNull().references(target);

/** The first schema: devices as spans, scans and their runs, changes, targets, the lease. */
export const first: Migration = {
  name: '0001-first',
  async up(db, flavour) {
    await createDevices(db, flavour);
    await createRuns(db, flavour);
    await createScans(db, flavour);
    await createChanges(db, flavour);
    await createKeeping(db, flavour);
  },
};

async function createDevices({ schema }: Kysely<never>, { clustered, whole }: Flavour): Promise<void> {
  await schema
    .createTable('device')
    .addColumn('id', whole, (column) => column.primaryKey())
    .addColumn('site', 'text', required)
    .addColumn('alias', 'text')
    .addColumn('window', whole)
    .addColumn('first_seen', whole, required)
    .execute();
  const span = schema
    .createTable('span')
    .addColumn('device', whole, references('device.id'))
    .addColumn('kind', 'smallint', required)
    .addColumn('key', 'text', required)
    .addColumn('value', 'text', required)
    .addColumn('from_at', whole, required)
    .addColumn('to_at', whole)
    .addColumn('opened_by', whole, required)
    .addColumn('closed_by', whole);
  await clustered(span.addPrimaryKeyConstraint('span_key', ['device', 'kind', 'key', 'opened_by', 'from_at'])).execute();
  // Finds the present state under any amount of history, and forbids two open spans of one fact.
  await schema
    .createIndex('span_open')
    .unique()
    .on('span')
    .columns(['device', 'kind', 'key'])
    .where(sql.ref('to_at'), 'is', null)
    .execute();
  const sighting = schema
    .createTable('sighting')
    .addColumn('device', whole, references('device.id'))
    .addColumn('address', 'text', required)
    .addColumn('seen_at', whole, required);
  await clustered(sighting.addPrimaryKeyConstraint('sighting_key', ['device', 'address'])).execute();
}

async function createRuns({ schema }: Kysely<never>, { counted, blob, whole }: Flavour): Promise<void> {
  await schema
    .createTable('topic')
    .addColumn('id', whole, counted)
    .addColumn('digest', 'text', (column) => column.notNull().unique())
    .addColumn('site', 'text', required)
    .addColumn('target', whole)
    .addColumn('subject', 'text', required)
    .addColumn('plan', 'text', required)
    .execute();
  await schema
    .createTable('terms')
    .addColumn('id', whole, counted)
    .addColumn('digest', 'text', (column) => column.notNull().unique())
    .addColumn('body', sql.raw(blob), required)
    .execute();
  await schema
    .createTable('run')
    .addColumn('id', whole, counted)
    .addColumn('topic', whole, references('topic.id'))
    .addColumn('terms', whole, references('terms.id'))
    .addColumn('first_at', whole, required)
    .addColumn('last_at', whole, required)
    .addColumn('count', whole, required)
    .execute();
  await schema.createIndex('run_topic').on('run').column('topic').execute();
}

async function createScans({ schema }: Kysely<never>, { counted, blob, whole }: Flavour): Promise<void> {
  await schema
    .createTable('scan')
    .addColumn('id', whole, counted)
    .addColumn('topic', whole, references('topic.id'))
    .addColumn('run', whole, (column) => column.references('run.id'))
    .addColumn('terms', whole, (column) => column.references('terms.id'))
    .addColumn('started_at', whole, required)
    .addColumn('took', whole)
    .addColumn('asked', whole, required)
    .addColumn('up', whole, required)
    .addColumn('changes', whole, required)
    .addColumn('spans', whole, required)
    .execute();
  await schema
    .createTable('raw')
    .addColumn('scan', whole, (column) => column.primaryKey().references('scan.id'))
    .addColumn('body', sql.raw(blob), required)
    .execute();
}

async function createChanges({ schema }: Kysely<never>, { whole }: Flavour): Promise<void> {
  await schema
    .createTable('change')
    .addColumn('seq', whole, (column) => column.primaryKey())
    .addColumn('at', whole, required)
    .addColumn('kind', 'smallint', required)
    .addColumn('device', whole, (column) => column.references('device.id'))
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('scan', whole, required)
    .execute();
  await schema.createIndex('change_at').on('change').column('at').execute();
  await schema.createIndex('change_device').on('change').column('device').execute();
}

async function createKeeping(db: Kysely<never>, { counted, whole }: Flavour): Promise<void> {
  await db.schema
    .createTable('target')
    .addColumn('id', whole, counted)
    .addColumn('site', 'text', required)
    .addColumn('spec', 'text', required)
    .addColumn('schedule', 'text', required)
    .addColumn('window', whole)
    .addColumn('iface', 'text')
    .addColumn('source', 'text', required)
    .addColumn('created_at', whole, required)
    .execute();
  await db.schema
    .createTable('site')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('committed_at', whole, required)
    .execute();
  await db.schema
    .createTable('lease')
    .addColumn('id', whole, (column) => column.primaryKey())
    .addColumn('fence', whole, required)
    .addColumn('holder_id', 'text')
    .addColumn('holder', 'text')
    .addColumn('until', whole, required)
    .execute();
  await sql`insert into lease (id, fence, until) values (1, 0, 0)`.execute(db);
}
