import { DatabaseSync } from 'node:sqlite';
import { Fault } from '../../core/index.ts';
import { type Migration, refuseNewer } from '../migrations/migrate.ts';
import { damageFault, isDamage, sqliteFault } from './faults.ts';

export interface Inspection {
  /** Migrations the file has been through; empty for a fresh one. */
  readonly applied: readonly string[];
}

/**
 * Looks at a file without writing to it: sound (R24), ours, and not from the future (R28)? `depth` full compares
 * indexes with their tables too, and takes longer.
 */
export function inspect(path: string, { known, depth }: { known: readonly Migration[]; depth: 'quick' | 'full' }): Inspection {
  const database = openReadOnly(path);
  try {
    const findings = findDamage(database, depth);
    if (findings[0] !== undefined) throw damageFault(path, findings[0]);
    const applied = appliedTo(database, path);
    refuseNewer(applied, known, `store ${path}`);
    return { applied };
  } catch (thrown) {
    throw isDamage(thrown) ? damageFault(path, (thrown as Error).message) : sqliteFault(thrown, path);
  } finally {
    database.close();
  }
}

export function openReadOnly(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: 1000 });
  } catch (thrown) {
    throw sqliteFault(thrown, path);
  }
}

/** Structural damage in sentences; empty when sound. */
export function findDamage(database: DatabaseSync, depth: 'quick' | 'full'): readonly string[] {
  const pragma = depth === 'full' ? 'integrity_check' : 'quick_check';
  const rows = database.prepare(`pragma ${pragma}(20)`).all() as Record<string, string>[];
  return rows.map((row) => row[pragma] ?? '').filter((text) => text !== 'ok');
}

function appliedTo(database: DatabaseSync, path: string): readonly string[] {
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  if (tables.length === 0) return [];
  if (tables.some(({ name }) => name === 'migration')) {
    return database
      .prepare('select name from migration order by name')
      .all()
      .map(({ name }) => String(name));
  }
  throw new Fault('refused', `opening store ${path}: it is the database of another program`, 'name a file of its own for the store');
}
