import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Fault, type Instant } from '../../core/index.ts';
import { freshTag } from '../fresh-tag.ts';
import { alerts } from '../migrations/0008-alerts.ts';
import { access } from '../migrations/0009-access.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { copyDatabase, standAlone } from './backup.ts';
import { isBusy, isDamage } from './faults.ts';
import { fileFault, SIDECARS, syncFolder } from './files.ts';
import { inspect, openReadOnly } from './inspect.ts';

export interface Restored {
  /** Where the former database went; null when there was none. */
  readonly kept: string | null;
}

/**
 * Puts a copy back as the store at `to`, after checking it whole. The former database is kept beside as
 * `to`.before-restore-`now`. Faults: 'not-found' (no copy), 'unavailable' (damaged), 'refused' (of a newer
 * rollcall), 'conflict' (the store is open somewhere).
 */
export async function restoreSqlite(from: string, to: string, now: Instant): Promise<Restored> {
  if (!existsSync(from))
    throw new Fault('not-found', `restoring ${from}: there is no such file`, 'name a copy made with "rollcall backup"');
  const { applied } = inspectCopy(from);
  if (applied.length === 0) throw new Fault('refused', `restoring ${from}: it holds no store`, 'name a copy made with "rollcall backup"');
  const fresh = `${to}.restoring`;
  rmSync(fresh, { force: true });
  await copyDatabase(from, fresh);
  sameRows(from, fresh);
  if (applied.includes(alerts.name)) renewTag(fresh);
  if (applied.includes(access.name)) signOutAll(fresh);
  try {
    return swapIn(fresh, to, `${to}.before-restore-${now}`);
  } catch (thrown) {
    rmSync(fresh, { force: true });
    throw fileFault(thrown, `restoring ${to}`);
  }
}

/** What was told after the copy was made took numbers that will be given again: nobody may take the new for the old. */
function renewTag(path: string): void {
  const database = new DatabaseSync(path);
  database.prepare('update alerting set tag = ?').run(freshTag());
  database.close();
}

/** Who signed out after the copy was made must not be in again. */
function signOutAll(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('delete from sign_in');
  database.close();
}

/** The remedy for a damaged store, to restore a copy, is none for a damaged copy. */
function inspectCopy(from: string): ReturnType<typeof inspect> {
  try {
    return inspect(from, { known: MIGRATIONS, depth: 'full' });
  } catch (fault) {
    if (!(fault instanceof Fault && fault.code === 'unavailable')) throw fault;
    const [, reason = fault.message] = /^opening store .*?: (.*)$/s.exec(fault.message) ?? [];
    throw new Fault('unavailable', `restoring ${from}: ${reason}`, 'name a sound copy made with "rollcall backup"');
  }
}

/** The store's name never points to nothing, wherever this is cut short: a fresh store would take its place. */
function swapIn(fresh: string, to: string, kept: string): Restored {
  if (!existsSync(to)) {
    for (const suffix of SIDECARS) rmSync(to + suffix, { force: true });
    renameSync(fresh, to);
    syncFolder(to);
    return { kept: null };
  }
  foldLog(to);
  keepBeside(to, kept);
  // A log left behind by a damaged database would be played into the new one.
  for (const suffix of SIDECARS) if (existsSync(to + suffix)) renameSync(to + suffix, kept + suffix);
  renameSync(fresh, to);
  syncFolder(to);
  return { kept };
}

/** Proves that nobody has the store open. A damaged one cannot tell, and is kept with its log as it is. */
function foldLog(path: string): void {
  try {
    standAlone(path);
  } catch (thrown) {
    if (isBusy(thrown))
      throw new Fault('conflict', `restoring ${path}: a running rollcall has it open`, 'stop it first with "rollcall stop"');
    if (!isDamage(thrown)) throw thrown;
  }
}

function keepBeside(path: string, kept: string): void {
  if (existsSync(kept)) throw new Fault('refused', `keeping ${path} as ${kept}: the file exists already`, 'move it away first');
  try {
    linkSync(path, kept);
  } catch {
    copyFileSync(path, kept); // a disk without hard links
  }
}

function sameRows(from: string, copy: string): void {
  const [wanted, got] = [countRows(from), countRows(copy)];
  if (wanted === got) return;
  throw new Fault(
    'unavailable',
    `restoring ${from}: the copy has other rows (${got} instead of ${wanted})`,
    'check the disk and try again',
  );
}

function countRows(path: string): string {
  const database = openReadOnly(path);
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name").all();
    const counts = tables.map((table) => {
      const name = String(table['name']);
      return `${name} ${Number(database.prepare(`select count(*) as rows from "${name}"`).get()?.['rows'])}`;
    });
    return counts.join(', ');
  } finally {
    database.close();
  }
}
