/**
 * store: what we remember, over SQLite in one file, PostgreSQL by URL, or memory for tests. Law 4: a scan goes in
 * whole or not at all. Never: judging, scanning, or reading the clock; times come from the caller. Adapters are
 * loaded only when opened, so that nobody pays for a database that is not used.
 */
import type { Instant, Store } from '../core/index.ts';

export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string /** Only look: never creates, migrates or writes. */; readonly readonly?: boolean }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'memory' };

/** Opens a store, creating it or bringing its schema up to date when needed. Throws Faults that say what to do. */
export async function openStore(location: StoreLocation): Promise<Store> {
  if (location.kind === 'memory') return (await import('./memory/open.ts')).openMemory();
  if (location.kind === 'sqlite') return (await import('./sqlite/open.ts')).openSqlite(location);
  const [{ openPostgres }, { placeOf, poolFor }] = await Promise.all([import('./postgres/open.ts'), import('./postgres/pool.ts')]);
  return openPostgres({ pool: poolFor(location.url), where: placeOf(location.url) });
}

/**
 * Puts a copy made with `Store.backup` in place of the store file at `to`, which is kept beside it (named in the
 * answer; null when there was none). Nobody may have the store open.
 */
export async function restoreSqlite(from: string, to: string, now: Instant): Promise<{ readonly kept: string | null }> {
  return (await import('./sqlite/restore.ts')).restoreSqlite(from, to, now);
}
