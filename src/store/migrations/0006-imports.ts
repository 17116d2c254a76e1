import type { Migration } from './migrate.ts';

/** Files of other programs that were taken in, by their content. Older programs would misread the new kind of change. */
export const imports: Migration = {
  name: '0006-imports',
  async up(db, { counted, whole }) {
    await db.schema
      .createTable('import')
      .addColumn('id', whole, counted)
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('scan', whole, (column) => column.notNull().references('scan.id'))
      .addColumn('format', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('at', whole, (column) => column.notNull())
      .addColumn('rows', whole, (column) => column.notNull())
      .addColumn('first_at', whole)
      .addColumn('last_at', whole)
      .execute();
    await db.schema.createIndex('import_site').on('import').column('site').execute();
  },
};
