import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { Store } from '../../core/index.ts';
import { notKeptInFile } from '../faults.ts';
import { postgresFlavour } from '../migrations/flavour.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { type Migration, migrate } from '../migrations/migrate.ts';
import type { Schema } from '../sql/schema.ts';
import { sqlStore } from '../sql/store.ts';
import { postgresFault } from './faults.ts';

export interface PostgresOptions {
  readonly pool: PostgresPool;
  /** The database in words, for messages: never with a password. */
  readonly where: string;
  readonly migrations?: readonly Migration[];
}

/** The store in a PostgreSQL database, brought up to date when needed. */
export async function openPostgres({ pool, where, migrations = MIGRATIONS }: PostgresOptions): Promise<Store> {
  const tables = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withFaults(pool, where) }) });
  try {
    await migrate(tables as unknown as Kysely<never>, { flavour: postgresFlavour, known: migrations, where: `store ${where}` });
  } catch (thrown) {
    await tables.destroy();
    throw thrown;
  }
  return sqlStore({
    kind: 'postgres',
    reader: tables,
    writer: tables,
    readonly: false,
    checkFile: async () => [],
    backup: async () => noFile(),
    copy: async () => noFile(),
    close: () => tables.destroy(),
  });
}

function noFile(): never {
  throw notKeptInFile('PostgreSQL', 'use pg_dump, which copies it while others write');
}

/** Every way in which the server can fail comes out as a Fault. */
function withFaults(pool: PostgresPool, where: string): PostgresPool {
  const named = (thrown: unknown): never => {
    throw postgresFault(thrown, where);
  };
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(named);
      const query = (text: string, parameters: readonly unknown[]) => client.query(text, parameters).catch(named);
      return { query, release: (destroy) => client.release(destroy) } as PostgresPoolClient;
    },
  };
}
