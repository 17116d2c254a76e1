import { compareIds } from './identity.ts';

type Ids = readonly (string | null)[];

/** Rows of two lists of hosts that stand for one host; null: that side does not have it. */
export interface PairedRows {
  readonly a: number | null;
  readonly b: number | null;
}

/**
 * When Ndiff dies of hosts that have no identity: it takes their place in memory for one, and cannot order numbers among texts.
 * 'at-once': before it prints anything; 'after-opening': before the first host; null: never.
 */
export function diesOfIds(a: Ids, b: Ids): 'at-once' | 'after-opening' | null {
  const [inA, inB] = [kindsOf(a), kindsOf(b)];
  if (inA === 'both' || inB === 'both') return 'at-once';
  return inA !== 'none' && inB !== 'none' && inA !== inB ? 'after-opening' : null;
}

function kindsOf(ids: Ids): 'none' | 'texts' | 'nulls' | 'both' {
  const nulls = ids.reduce((count, id) => count + Number(id === null), 0);
  if (nulls === 0) return ids.length === 0 ? 'none' : 'texts';
  return nulls === ids.length ? 'nulls' : 'both';
}

/** Both lists in the order of their ids, merged: equal heads pair, so doubles pair one by one. Asks that Ndiff would not die of them. */
export function* pairRows(a: Ids, b: Ids): Generator<PairedRows> {
  const [left, right] = [sortedRows(a), sortedRows(b)];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const order = compareHeads(a[left[i] ?? -1], b[right[j] ?? -1]);
    yield { a: order <= 0 ? (left[i++] as number) : null, b: order >= 0 ? (right[j++] as number) : null };
  }
}

/** undefined: that list is at its end. Hosts without identity never pair. */
function compareHeads(a: string | null | undefined, b: string | null | undefined): number {
  if (b === undefined || a === null) return a === undefined ? 1 : -1;
  return a === undefined || b === null ? 1 : compareIds(a, b);
}

function sortedRows(ids: Ids): Uint32Array {
  const rows = Uint32Array.from(ids, (_, row) => row);
  return rows.sort((x, y) => compareIds(ids[x] ?? '', ids[y] ?? '') || x - y);
}
