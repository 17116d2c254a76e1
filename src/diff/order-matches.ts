import { type AddressValue, type PairedBy, parseAddress, type ViewEntry } from '../core/index.ts';

/** A device by its places in the entries of both sides; null on the side that does not list it. */
export interface Match {
  readonly a: number | null;
  readonly b: number | null;
  /** null when one side does not list it. */
  readonly by: PairedBy | null;
}

interface Place {
  readonly match: Match;
  readonly address: AddressValue | null;
  /** For those without an address. */
  readonly text: string;
}

/** In the order of the first address, as b has it where b has one: IPv4 by value, IPv6 by value, then the others by MAC or name. */
export function inAddressOrder(matches: readonly Match[], a: readonly ViewEntry[], b: readonly ViewEntry[]): Match[] {
  const places = matches.map((match) =>
    placeOf(match, match.a === null ? undefined : a[match.a], match.b === null ? undefined : b[match.b]),
  );
  return places.sort(byPlace).map(({ match }) => match);
}

function placeOf(match: Match, a: ViewEntry | undefined, b: ViewEntry | undefined): Place {
  const address = firstAddress(b) ?? firstAddress(a);
  return { match, address, text: address === null ? textOf(b) || textOf(a) : '' };
}

function firstAddress(entry: ViewEntry | undefined): AddressValue | null {
  let first: AddressValue | null = null;
  for (const text of entry?.addresses ?? []) {
    const value = parseAddress(text);
    if (value && (first === null || byValue(value, first) < 0)) first = value;
  }
  return first;
}

/** Any MAC sorts before any name. */
function textOf(entry: ViewEntry | undefined): string {
  const { macs = [], names = [] } = entry ?? {};
  return macs[0] ?? (names[0] === undefined ? '' : `~${names[0]}`);
}

function byPlace(a: Place, b: Place): number {
  if (a.address !== null && b.address !== null) return byValue(a.address, b.address);
  if (a.address !== null || b.address !== null) return a.address === null ? 1 : -1;
  if (a.text === b.text) return 0;
  return a.text < b.text ? -1 : 1;
}

function byValue(a: AddressValue, b: AddressValue): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.value === b.value) return 0;
  return a.value < b.value ? -1 : 1;
}
