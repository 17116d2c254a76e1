import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, sql } from 'kysely';

/** The few places where one schema must be written in two ways. */
export interface Flavour {
  readonly kind: 'sqlite' | 'postgres';
  readonly blob: 'blob' | 'bytea';
  /** Whole numbers as JavaScript has them: SQLite counts ids only in a column called "integer". */
  readonly whole: 'integer' | 'bigint';
  /** Makes the column an id counted by the database: never given twice, not even after its row was deleted. */
  counted(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  /** Keeps rows in the order of their primary key, where the database can, so that no second index is needed. */
  clustered<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>): CreateTableBuilder<Table, Column>;
  /** Inside the migrating transaction: lets only one process migrate at a time. */
  alone(trx: Kysely<never>): Promise<void>;
}

export const sqliteFlavour: Flavour = {
  kind: 'sqlite',
  blob: 'blob',
  whole: 'integer',
  counted: (column) => column.primaryKey().autoIncrement(),
  clustered: (table) => table.modifyEnd(sql`without rowid`),
  alone: async () => {}, // the transaction took the write lock when it began
};

export const postgresFlavour: Flavour = {
  kind: 'postgres',
  blob: 'bytea',
  whole: 'bigint',
  counted: (column) => column.primaryKey().generatedAlwaysAsIdentity(),
  clustered: (table) => table,
  async alone(trx) {
    await sql`select pg_advisory_xact_lock(7214021)`.execute(trx);
  },
};
