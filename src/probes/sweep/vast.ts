import { type Address, type AddressRange, mergeRanges, parseAddress, rangesHold } from '../../core/index.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';

/** Where somebody may be in a network too large to ask. */
export interface Hints {
  /** The kernel's neighbour table. */
  readonly known: readonly Neighbour[];
  /** Where devices were seen lately. */
  readonly expected: readonly { readonly address: Address }[];
}

const LINK_LOCAL = 0xfe80n << 112n;
const HOST_PART = (1n << 64n) - 1n;
/** A hostile neighbour may invent as many addresses as it likes. */
const MOST = 2048;

/**
 * The addresses worth asking: those expected, those the kernel knows, and for each link-local neighbour the address it
 * would have made of the same card in the network asked.
 */
export function candidatesIn(ranges: readonly AddressRange[], iface: string, { known, expected }: Hints): AddressRange[] {
  const here = known.filter((neighbour) => neighbour.iface === iface && neighbour.mac !== null);
  const values = new Set<bigint>();
  const add = (value: bigint): void => {
    if (values.size < MOST && rangesHold(ranges, { family: 6, value })) values.add(value);
  };
  for (const { address } of [...expected, ...here]) {
    const value = parseAddress(address);
    if (value?.family !== 6) continue;
    add(value.value);
    if (value.value >> 64n === LINK_LOCAL >> 64n) for (const { first } of ranges) add((first & ~HOST_PART) | (value.value & HOST_PART));
  }
  return mergeRanges([...values].map((value) => ({ family: 6, first: value, last: value })));
}
