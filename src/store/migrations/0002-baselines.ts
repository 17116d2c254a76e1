import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** Kept moments to compare with; and of each run when its first scan ended, so that it is known from when on it covered something. */
export const baselines: Migration = {
  name: '0002-baselines',
  async up(db, { counted, whole }) {
    await db.schema
      .createTable('baseline')
      .addColumn('id', whole, counted)
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('at', whole, (column) => column.notNull())
      .addColumn('made_by', 'text')
      .addColumn('note', 'text')
      .execute();
    await db.schema.createIndex('baseline_target').on('baseline').columns(['site', 'target']).execute();
    await db.schema.alterTable('run').addColumn('first_end', whole).execute();
    // Of older runs only the beginning was kept; they are taken to have covered at most one scan's length too early.
    await sql`update run set first_end = case when count = 1 then last_at else first_at end`.execute(db);
  },
};
