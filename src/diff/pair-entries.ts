import type { PairedBy, ViewEntry } from '../core/index.ts';

/** One device on both sides; by place in their entries. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly by: PairedBy;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  readonly onlyA: readonly number[];
  readonly onlyB: readonly number[];
}

/**
 * Which entries are the same device, by the best evidence first: the store's id; a MAC; of several with one id or MAC
 * those that share an address too; an address; a name that nobody else has. Two ids of the store, or MACs of which none is in common, are two
 * devices whatever else they share. Where several fit, those first in their lists are taken, key after key in the order
 * of their text: the same pairs come out when the sides are swapped.
 */
export function pairEntries(a: readonly ViewEntry[], b: readonly ViewEntry[]): Pairing {
  const pairer = new Pairer(a, b);
  pairer.match({ by: 'device', keysOf: addressesOf, fits: (left, right) => left.device !== null && left.device === right.device });
  pairer.match({ by: 'device', keysOf: devicesOf, fits: () => true });
  pairer.match({ by: 'mac', keysOf: addressesOf, fits: (left, right) => isSameStored(left, right) && intersects(left.macs, right.macs) });
  pairer.match({ by: 'mac', keysOf: macsOf, fits: isSameStored });
  pairer.match({ by: 'address', keysOf: addressesOf, fits: mayBeSame });
  pairer.match({ by: 'name', keysOf: namesOf, fits: mayBeSame, sole: true });
  return pairer.all();
}

/** Whether nothing that identifies a device says that these are two. */
export function mayBeSame(left: ViewEntry, right: ViewEntry): boolean {
  if (left.device !== null && right.device !== null) return left.device === right.device;
  return left.macs.length === 0 || right.macs.length === 0 || intersects(left.macs, right.macs);
}

function isSameStored(left: ViewEntry, right: ViewEntry): boolean {
  return left.device === null || right.device === null || left.device === right.device;
}

function intersects(left: readonly string[], right: readonly string[]): boolean {
  return left.some((one) => right.includes(one));
}

type KeysOf = (entry: ViewEntry) => readonly string[];

const devicesOf: KeysOf = ({ device }) => (device === null ? [] : [String(device)]);
const macsOf: KeysOf = ({ macs }) => macs;
const addressesOf: KeysOf = ({ addresses }) => addresses;
/** Everything by which a device is known for sure, or at least where it is. */
export const evidenceOf: KeysOf = (entry) => [...devicesOf(entry), ...entry.macs, ...entry.addresses];
const namesOf: KeysOf = ({ names }) =>
  new Set(names.map((name) => name.toLowerCase().replace(/\.$/, '')).filter(isTelling)).values().toArray();

/** Names that say which role a machine has, or that it has none, are on many machines. */
const ROLES = /^(?:|(?:localhost\d*|ip6-localhost|ip6-loopback|broadcasthost|_gateway|unknown|\(none\))(?:\..*)?|.*\.localhost)$/;
const isTelling = (name: string): boolean => !ROLES.test(name);

/** Only so many entries with one key are looked at: a hostile file may give all its hosts the same. */
const MOST_CLAIMS = 64;

/** Entries by a key of theirs. */
export type Claims = ReadonlyMap<string, readonly number[]>;

/** Who claims a key, first in the list first. */
export function claimsOf(entries: Iterable<readonly [place: number, entry: ViewEntry]>, keysOf: KeysOf): Claims {
  const claims = new Map<string, number[]>();
  for (const [place, entry] of entries) {
    for (const key of keysOf(entry)) {
      const places = claims.get(key);
      if (places === undefined) claims.set(key, [place]);
      else if (places.length < MOST_CLAIMS) places.push(place);
    }
  }
  return claims;
}

interface Evidence {
  readonly by: PairedBy;
  readonly keysOf: KeysOf;
  readonly fits: (left: ViewEntry, right: ViewEntry) => boolean;
  /** Only a key that one free entry of each side has. */
  readonly sole?: boolean;
}

class Pairer {
  readonly #a: readonly ViewEntry[];
  readonly #b: readonly ViewEntry[];
  readonly #pairs: Pair[] = [];
  readonly #pairedA = new Set<number>();
  readonly #pairedB = new Set<number>();

  constructor(a: readonly ViewEntry[], b: readonly ViewEntry[]) {
    this.#a = a;
    this.#b = b;
  }

  /** Pairs who has a key in common and fits. */
  match(evidence: Evidence): void {
    const { keysOf, by } = evidence;
    const [inA, inB] = [claimsOf(free(this.#a, this.#pairedA), keysOf), claimsOf(free(this.#b, this.#pairedB), keysOf)];
    const settled = (key: string): boolean => this.#settle(inA.get(key) ?? [], inB.get(key) ?? [], evidence);
    const contested = [...inA.keys()].filter((key) => inB.has(key) && !settled(key)).sort();
    for (const key of contested) for (const pair of rivalsOf(inA.get(key) ?? [], inB.get(key) ?? [], by)) this.#pairIfFree(pair, evidence);
  }

  /** Pairs those who have a key to themselves; whether nothing is left to be said of it. */
  #settle(left: readonly number[], right: readonly number[], evidence: Evidence): boolean {
    if (left.length > 1 || right.length > 1) return evidence.sole ?? false;
    const pair: Pair = { a: left[0] as number, b: right[0] as number, by: evidence.by };
    if (!this.#hasNoOther(pair, evidence.keysOf)) return false;
    this.#pairIfFree(pair, evidence);
    return true;
  }

  /** Whether no other key could pair these entries with somebody else, so that the order of keys is all the same. */
  #hasNoOther({ a, b }: Pair, keysOf: KeysOf): boolean {
    return keysOf(this.#a[a] as ViewEntry).length === 1 && keysOf(this.#b[b] as ViewEntry).length === 1;
  }

  #pairIfFree(pair: Pair, { fits }: Evidence): void {
    if (this.#pairedA.has(pair.a) || this.#pairedB.has(pair.b)) return;
    if (!fits(this.#a[pair.a] as ViewEntry, this.#b[pair.b] as ViewEntry)) return;
    this.#pairs.push(pair);
    this.#pairedA.add(pair.a);
    this.#pairedB.add(pair.b);
  }

  all(): Pairing {
    const places = (entries: readonly ViewEntry[], paired: ReadonlySet<number>): number[] =>
      Array.from(free(entries, paired), ([place]) => place);
    return { pairs: this.#pairs, onlyA: places(this.#a, this.#pairedA), onlyB: places(this.#b, this.#pairedB) };
  }
}

/** All pairs of two lists, the first of both lists first. Those that are equally far down are no rivals of each other. */
function rivalsOf(left: readonly number[], right: readonly number[], by: PairedBy): Pair[] {
  const ranked = left.flatMap((a, i) => right.map((b, j) => ({ rank: i + j, pair: { a, b, by } })));
  return ranked.sort((one, other) => one.rank - other.rank).map(({ pair }) => pair);
}

function* free(entries: readonly ViewEntry[], paired: ReadonlySet<number>): Generator<readonly [number, ViewEntry]> {
  for (let place = 0; place < entries.length; place++) if (!paired.has(place)) yield [place, entries[place] as ViewEntry];
}
