import { chmodSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { sqliteFault } from './faults.ts';
import { createPrivate } from './files.ts';
import { openReadOnly } from './inspect.ts';

/** A consistent copy of a database in one file of its own, private, while others go on writing. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  createPrivate(to);
  const source = openReadOnly(from);
  try {
    // One snapshot from first page to last: without it each commit in between would start the copy again.
    source.exec('begin; select count(*) from sqlite_master');
    await backup(source, to, { rate: 256 });
    standAlone(to);
    chmodSync(to, 0o600);
  } catch (thrown) {
    rmSync(to, { force: true });
    throw sqliteFault(thrown, to);
  } finally {
    source.close();
  }
}

/** Folds the log of a database into its one file. Throws SQLite's "busy" while anybody else has it open. */
export function standAlone(path: string): void {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = delete');
  } finally {
    database.close();
  }
}
