import { compareIds } from './identity.ts';
import { inStep } from './in-step.ts';
import type { HostTable } from './reading/host-table.ts';

/** Two hosts that are compared, by their rows; null: that side has none of this identity. */
export interface HostPair {
  readonly a: number | null;
  readonly b: number | null;
}

/** Ndiff dies of hosts without address and name among others: it cannot tell their order. */
export class NoOrder extends Error {}

/** The rows in the order of their identities; equal ones in the order of the document. Throws {@link NoOrder}. */
export function inOrder({ ids }: HostTable): Uint32Array {
  const rows = Uint32Array.from(ids, (_, row) => row);
  const nameless = ids.filter((id) => id === null).length;
  if (nameless === ids.length) return rows;
  if (nameless > 0) throw new NoOrder('some hosts have neither address nor name, others have: they have no order');
  return rows.sort((left, right) => compareIds(ids[left] as string, ids[right] as string) || left - right);
}

/** Pairs hosts of equal identity, in order; the rest stand alone. Throws {@link NoOrder}, at once or where two cannot be compared. */
export function pairsOf(a: HostTable, b: HostTable): Generator<HostPair> {
  return inTurn({ table: a, rows: inOrder(a) }, { table: b, rows: inOrder(b) });
}

interface Ordered {
  readonly table: HostTable;
  readonly rows: Uint32Array;
}

function* inTurn(a: Ordered, b: Ordered): Generator<HostPair> {
  const compare = (i: number, j: number): number => compareHeads(idAt(a, i), idAt(b, j));
  for (const step of inStep({ a: a.rows.length, b: b.rows.length, compare })) yield { a: rowAt(a, step.a), b: rowAt(b, step.b) };
}

const rowAt = ({ rows }: Ordered, place: number | null): number | null => (place === null ? null : (rows[place] as number));
const idAt = ({ table, rows }: Ordered, place: number): string | null => table.ids[rows[place] as number] as string | null;

/** Hosts without identity are nobody else's equal. */
function compareHeads(a: string | null, b: string | null): number {
  if (a === null && b === null) return -1;
  if (a === null || b === null) throw new NoOrder('a host has neither address nor name, its counterpart has: they have no order');
  return compareIds(a, b);
}
