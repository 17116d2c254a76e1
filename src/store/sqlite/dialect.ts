import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
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
      if (use === 'write') await foldLog(of(connection));
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

/** Pages the log may hold, at 4 KB each, before they go into the file itself. */
const LOG_PAGES = 1000;

/** What SQLite would do inside a commit, done after it, so that a big commit holds up the process less. */
async function foldLog({ database }: SqliteConnection): Promise<void> {
  try {
    const { log, checkpointed } = database.prepare('pragma wal_checkpoint(noop)').get() as { log: number; checkpointed: number };
    if (log - checkpointed < LOG_PAGES) return;
    await nextTurn();
    database.exec('pragma wal_checkpoint(passive)');
  } catch {
    // The commit itself is safe in the log; the next one tries again.
  }
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
