import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Flavour } from './flavour.ts';
import type { Migration } from './migrate.ts';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const unique = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().unique();

/** Who may come in, with what, and what they did. Of all sites: they are of the machine. */
export const access: Migration = {
  name: '0009-access',
  async up(db, flavour) {
    await createUsers(db, flavour);
    await createSignIns(db, flavour);
    await createTokens(db, flavour);
    await createAudit(db, flavour);
  },
};

/** "user" alone is a word of SQL. */
async function createUsers({ schema }: Kysely<never>, { counted, whole }: Flavour): Promise<void> {
  await schema
    .createTable('access_user')
    .addColumn('id', whole, counted)
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', unique)
    .addColumn('role', 'text', required)
    .addColumn('password', 'text')
    .addColumn('subject', 'text', (column) => column.unique())
    .addColumn('made_at', whole, required)
    .addColumn('disabled_at', whole)
    .execute();
}

async function createSignIns({ schema }: Kysely<never>, { counted, whole }: Flavour): Promise<void> {
  await schema
    .createTable('sign_in')
    .addColumn('id', whole, counted)
    .addColumn('digest', 'text', unique)
    .addColumn('user_id', whole, (column) => column.notNull().references('access_user.id'))
    .addColumn('made_at', whole, required)
    .addColumn('seen_at', whole, required)
    .addColumn('until', whole, required)
    .addColumn('came_from', 'text')
    .addColumn('agent', 'text', required)
    .addColumn('ended_at', whole)
    .execute();
  await schema.createIndex('sign_in_user').on('sign_in').column('user_id').execute();
  await schema.createIndex('sign_in_until').on('sign_in').column('until').execute();
}

async function createTokens({ schema }: Kysely<never>, { counted, whole }: Flavour): Promise<void> {
  await schema
    .createTable('token')
    .addColumn('id', whole, counted)
    .addColumn('name', 'text', required)
    .addColumn('digest', 'text', unique)
    .addColumn('hint', 'text', required)
    .addColumn('scopes', 'text', required)
    .addColumn('user_id', whole, (column) => column.references('access_user.id'))
    .addColumn('made_at', whole, required)
    .addColumn('until', whole)
    .addColumn('used_at', whole)
    .addColumn('ended_at', whole)
    .execute();
  await schema.createIndex('token_user').on('token').column('user_id').where(sql.ref('user_id'), 'is not', null).execute();
}

/** Its user is no reference: what somebody did stays when they are gone. */
async function createAudit({ schema }: Kysely<never>, { counted, whole }: Flavour): Promise<void> {
  await schema
    .createTable('audit')
    .addColumn('id', whole, counted)
    .addColumn('at', whole, required)
    .addColumn('who', 'text')
    .addColumn('whose', 'text')
    .addColumn('user_id', whole)
    .addColumn('proof', 'text', required)
    .addColumn('came_from', 'text')
    .addColumn('operation', 'text', required)
    .addColumn('named', 'text', required)
    .addColumn('outcome', 'text', required)
    .execute();
  await schema.createIndex('audit_at').on('audit').column('at').execute();
  await schema.createIndex('audit_whose').on('audit').columns(['whose', 'id']).execute();
  await schema.createIndex('audit_operation').on('audit').columns(['operation', 'id']).execute();
}
