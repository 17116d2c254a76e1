import { type Change, isLasting, type Store } from '../../core/index.ts';

/** The next changes; or why the very next one cannot be read: it must not hold up all that came after it. */
export type Page = { readonly changes: readonly Change[] } | { readonly damaged: unknown };

export async function nextPage(store: Pick<Store, 'changes'>, afterSeq: number, limit: number): Promise<Page> {
  try {
    return { changes: await store.changes({ afterSeq, limit }) };
  } catch (fault) {
    if (!isLasting(fault)) throw fault;
    return limit === 1 ? { damaged: fault } : nextPage(store, afterSeq, Math.floor(limit / 2));
  }
}
