import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { Fault, type Store } from '../../core/index.ts';
import { sqliteFlavour } from '../migrations/flavour.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { type Migration, migrate, pendingOf } from '../migrations/migrate.ts';
import type { Schema } from '../sql/schema.ts';
import { sqlStore } from '../sql/store.ts';
import { copyDatabase } from './backup.ts';
import { SqliteConnection } from './connection.ts';
import { copyToRead } from './copy.ts';
import { sqliteDialect } from './dialect.ts';
import { isDamage, sqliteFault } from './faults.ts';
import { hasContent, makePrivate } from './files.ts';
import { findDamage, inspect, openReadOnly } from './inspect.ts';

export interface SqliteOptions {
  readonly path: string;
  /** Only reads; the file must exist and be of this program's schema. */
  readonly readonly?: boolean;
  /** How long a write waits for another process before it gives up, in ms. */
  readonly patience?: number;
  /** Schema steps this program knows; tests bring their own. */
  readonly migrations?: readonly Migration[];
  /** Told each statement before it runs on the writing connection. */
  readonly trace?: (sql: string) => void;
}

/**
 * The store in one SQLite file, created and brought up to date when needed. Faults: 'unavailable' (damaged,
 * unwritable, full), 'refused' (of a newer rollcall, or not ours), 'conflict' (locked for too long).
 */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  const { path, readonly = false, migrations = MIGRATIONS } = options;
  if (readonly) requireCurrent(path, migrations);
  else await bringUpToDate(options, migrations);
  const reader = tables(options, 'read');
  const writer = tables(options, 'write');
  return sqlStore({
    kind: 'sqlite',
    reader,
    writer,
    readonly,
    backup: (target) => copyDatabase(path, target),
    copy: () => copyToRead(path),
    checkFile: async () => checkFile(path),
    async close() {
      await reader.destroy();
      await writer.destroy();
    },
  });
}

const READING = 'pragma query_only = on';
const WRITING = `
  pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0; pragma journal_size_limit = 16777216;
  pragma busy_timeout = 0`;

function tables(options: SqliteOptions, use: 'read' | 'write'): Kysely<Schema> {
  const { path, patience = 5000, trace } = options;
  const open = () => connect(path, use, trace);
  return new Kysely<Schema>({ dialect: sqliteDialect({ open, path, use, patience }) });
}

function connect(path: string, use: 'read' | 'write', trace: SqliteOptions['trace']): SqliteConnection {
  try {
    const database = new DatabaseSync(path, { readOnly: use === 'read', timeout: 1000 });
    database.exec(use === 'read' ? READING : WRITING);
    return new SqliteConnection(database, path, use === 'write' ? trace : undefined);
  } catch (thrown) {
    throw sqliteFault(thrown, path);
  }
}

async function bringUpToDate(options: SqliteOptions, known: readonly Migration[]): Promise<void> {
  const { path } = options;
  const applied = hasContent(path) ? inspect(path, { known, depth: 'quick' }).applied : [];
  makePrivate(path);
  const pending = pendingOf(applied, known);
  if (pending[0] === undefined) return;
  if (applied.length > 0) await keepCopy(path, `${path}.before-${pending[0].name}`);
  const writer = tables(options, 'write');
  try {
    await migrate(writer as unknown as Kysely<never>, { flavour: sqliteFlavour, known, where: `store ${path}` });
  } finally {
    await writer.destroy();
  }
}

/** The store as it was, beside it; made anew when an earlier attempt was cut short. */
async function keepCopy(path: string, copy: string): Promise<void> {
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  await copyDatabase(path, partial);
  renameSync(partial, copy);
}

function checkFile(path: string): readonly string[] {
  const database = openReadOnly(path);
  try {
    return findDamage(database, 'full');
  } catch (thrown) {
    if (isDamage(thrown)) return [(thrown as Error).message];
    throw sqliteFault(thrown, path);
  } finally {
    database.close();
  }
}

function requireCurrent(path: string, known: readonly Migration[]): void {
  if (!hasContent(path))
    throw new Fault('not-found', `opening store ${path}: there is no such file`, 'start rollcall once, or check --data');
  const { applied } = inspect(path, { known, depth: 'quick' });
  if (pendingOf(applied, known).length === 0) return;
  throw new Fault('refused', `reading store ${path}: it is of an older rollcall`, 'start this rollcall once, which brings it up to date');
}
