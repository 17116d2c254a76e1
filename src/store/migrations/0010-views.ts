import type { Migration } from './migrate.ts';

/** How people arranged pages of the dashboard and keep them so. */
export const views: Migration = {
  name: '0010-views',
  async up(db, { counted, whole }) {
    await db.schema
      .createTable('saved_view')
      .addColumn('id', whole, counted)
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('owner', whole)
      .addColumn('page', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('saved_view_site').on('saved_view').columns(['site', 'page']).execute();
  },
};
