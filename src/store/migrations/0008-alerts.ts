import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { freshTag } from '../fresh-tag.ts';
import type { Flavour } from './flavour.ts';
import type { Migration } from './migrate.ts';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();

/** Who must hear of it: what was judged of each change, what came of it, whom it was told, and what people said of that. */
export const alerts: Migration = {
  name: '0008-alerts',
  async up(db, flavour) {
    await createVerdicts(db, flavour);
    await createIncidents(db, flavour);
    await createNotifications(db, flavour);
    await createTerms(db, flavour);
    await createAlerting(db, flavour);
  },
};

async function createVerdicts({ schema }: Kysely<never>, { blob, counted, whole }: Flavour): Promise<void> {
  // What is said of thousands of changes in the same words is kept once.
  await schema
    .createTable('ruling')
    .addColumn('id', whole, counted)
    .addColumn('body', 'text', (column) => column.notNull().unique())
    .execute();
  await schema
    .createTable('verdict')
    .addColumn('seq', whole, (column) => column.primaryKey())
    .addColumn('took', whole, required)
    .addColumn('ruling', whole, (column) => column.references('ruling.id'))
    .addColumn('body', sql.raw(blob))
    .execute();
}

async function createIncidents({ schema }: Kysely<never>, { blob, whole }: Flavour): Promise<void> {
  await schema
    .createTable('incident')
    .addColumn('id', whole, (column) => column.primaryKey())
    .addColumn('site', 'text', required)
    .addColumn('changed_at', whole, required)
    .addColumn('closed_at', whole)
    .addColumn('body', sql.raw(blob), required)
    .execute();
  await schema.createIndex('incident_open').on('incident').columns(['site', 'id']).where(sql.ref('closed_at'), 'is', null).execute();
  await schema.createIndex('incident_changed').on('incident').column('changed_at').execute();
  await schema.createIndex('incident_closed').on('incident').column('closed_at').where(sql.ref('closed_at'), 'is not', null).execute();
}

async function createNotifications({ schema }: Kysely<never>, { blob, whole }: Flavour): Promise<void> {
  await schema
    .createTable('notification')
    .addColumn('id', whole, (column) => column.primaryKey())
    .addColumn('site', 'text', required)
    .addColumn('state', 'smallint', required)
    .addColumn('channel', 'text', required)
    .addColumn('incident', whole)
    .addColumn('ended_at', whole)
    .addColumn('body', sql.raw(blob), required)
    .execute();
  // What waits is found under any number of those that were delivered.
  await schema.createIndex('notification_state').on('notification').columns(['site', 'state', 'id']).execute();
  await schema.createIndex('notification_channel').on('notification').columns(['site', 'channel', 'state', 'id']).execute();
  const incident = schema.createIndex('notification_incident').on('notification').columns(['incident', 'id']);
  await incident.where(sql.ref('incident'), 'is not', null).execute();
  const ended = schema.createIndex('notification_ended').on('notification').column('ended_at');
  await ended.where(sql.ref('ended_at'), 'is not', null).execute();
}

/** What people say: rules, channels, and what is kept silent for a while. */
async function createTerms({ schema }: Kysely<never>, { clustered, counted, whole }: Flavour): Promise<void> {
  for (const name of ['rule', 'channel']) {
    const table = schema
      .createTable(`alert_${name}`)
      .addColumn('site', 'text', required)
      .addColumn('name', 'text', required)
      .addColumn('body', 'text', required);
    await clustered(table.addPrimaryKeyConstraint(`alert_${name}_key`, ['site', 'name'])).execute();
  }
  await schema
    .createTable('mute')
    .addColumn('id', whole, counted)
    .addColumn('site', 'text', required)
    .addColumn('until', whole)
    .addColumn('ended_at', whole)
    .addColumn('body', 'text', required)
    .execute();
  await schema.createIndex('mute_site').on('mute').column('site').execute();
}

/** One row, always there. What happened before there were rules is judged by none: nobody wants to hear of it now. */
async function createAlerting(db: Kysely<never>, { whole }: Flavour): Promise<void> {
  await db.schema
    .createTable('alerting')
    .addColumn('id', whole, (column) => column.primaryKey())
    .addColumn('tag', 'text', required)
    .addColumn('judged', whole, required)
    .addColumn('last_incident', whole, required)
    .addColumn('last_notification', whole, required)
    .execute();
  await sql`insert into alerting (id, tag, judged, last_incident, last_notification)
    select 1, cast(${freshTag()} as text), coalesce(max(seq), 0), 0, 0 from change`.execute(db);
}
