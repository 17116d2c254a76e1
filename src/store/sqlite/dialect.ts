import { setTimeout as wait } from 'node:timers/promises';
import { type Dialect, type Driver, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { SqliteConnection } from './connection.ts';
import { isBusy, sqliteFault } from './faults.ts';

export interface SqliteDialectParts {
  /** Opens one more connection. */
  readonly open: () => SqliteConnection;
  readonly path: string;
  /** The one writer, or any number of readers. */
  readonly use: 'write' | 'read';
  /** How long to wait for another process's transaction, in ms. */
  readonly patience: number;
}

/** Kysely over node:sqlite. */
export function sqliteDialect(parts: SqliteDialectParts): Dialect {
  return {
    createDriver: () => driver(parts),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new Adapter(parts.use),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class Adapter extends SqliteAdapter {
  readonly #use: 'write' | 'read';
  constructor(use: 'write' | 'read') {
    super();
    this.#use = use;
  }
  /** Kysely queues for the single writing connection; readers each get their own. */
  override get supportsMultipleConnections(): boolean {
    return this.#use === 'read';
  }
}

/** Idle connections kept; more are opened when more are wanted at once. */
const IDLE = 3;

function driver({ open, path, use, patience }: SqliteDialectParts): Driver {
  const idle: SqliteConnection[] = [];
  const of = (connection: unknown) => connection as SqliteConnection;
  return {
    init: async () => {},
    acquireConnection: async () => idle.pop() ?? open(),
    async releaseConnection(connection) {
      if (idle.length < IDLE) idle.push(of(connection));
      else of(connection).database.close();
    },
    async beginTransaction(connection) {
      if (use === 'read') of(connection).run('begin');
      else await beginWriting(of(connection), { path, patience });
      of(connection).startStretch();
    },
    async commitTransaction(connection) {
      try {
        of(connection).run('commit');
      } catch (thrown) {
        throw sqliteFault(thrown, path);
      }
    },
    async rollbackTransaction(connection) {
      // A full disk makes SQLite roll back by itself.
      if (of(connection).database.isTransaction) of(connection).run('rollback');
    },
    async destroy() {
      for (const connection of idle.splice(0)) connection.database.close();
    },
  };
}

/** Takes the write lock at once; while another process has it, waits without holding up this one. */
async function beginWriting(connection: SqliteConnection, { path, patience }: { path: string; patience: number }): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return connection.run('begin immediate');
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() >= deadline) throw sqliteFault(thrown, path);
      await wait(20);
    }
  }
}
