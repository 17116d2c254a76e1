import { compareText, countCharacters, sortable } from './code-points.ts';
import type { NdiffAddress } from './scan.ts';

const ADDRESS_WIDTH = 40;
const TYPES: Readonly<Record<NdiffAddress['type'], number>> = { ipv4: 0, ipv6: 1, mac: 2 };

/** Order of addresses: ipv4, ipv6, mac, then as texts. */
export function compareAddresses(a: NdiffAddress, b: NdiffAddress): number {
  return TYPES[a.type] - TYPES[b.type] || compareText(a.text, b.text);
}

/** What makes a host the same host in two scans; null: it has neither address nor name and is only ever itself. For compareIds: no text to be shown. */
export function idOf(addresses: readonly NdiffAddress[], hostnames: readonly string[]): string | null {
  if (addresses.length === 0 && hostnames.length === 0) return null;
  const address = least(addresses, compareAddresses)?.text ?? '';
  const padding = ' '.repeat(Math.max(0, ADDRESS_WIDTH - countCharacters(address)));
  return sortable(address + padding + (least(hostnames, compareText) ?? ''));
}

/** Order of hosts: that of their ids as texts, by character. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function least<T>(things: readonly T[], compare: (a: T, b: T) => number): T | undefined {
  let [first] = things;
  for (const thing of things) if (first !== undefined && compare(thing, first) < 0) first = thing;
  return first;
}
