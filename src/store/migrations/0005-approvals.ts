import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** What people allow, until when; and the kind of change that tells of an expiry, which older programs would misread. */
export const approvals: Migration = {
  name: '0005-approvals',
  async up(db, { counted, whole }) {
    await db.schema
      .createTable('approval')
      .addColumn('id', whole, counted)
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('permit', 'text', (column) => column.notNull())
      .addColumn('made_at', whole, (column) => column.notNull())
      .addColumn('made_by', 'text')
      .addColumn('why', 'text')
      .addColumn('until', whole)
      .addColumn('revoked_at', whole)
      .addColumn('revoked_by', 'text')
      .addColumn('told_by', whole)
      .execute();
    await db.schema.createIndex('approval_site').on('approval').column('site').execute();
    // Asked after each commit, and nearly always empty.
    await db.schema
      .createIndex('approval_expiring')
      .on('approval')
      .columns(['site', 'until'])
      .where(sql.ref('until'), 'is not', null)
      .where(sql.ref('told_by'), 'is', null)
      .execute();
  },
};
