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
 * Which entries are the same device, by the best evidence first: the store's id; a MAC, of several those that share an
 * address too; an address; a name that nobody else has. Two ids of the store, or MACs of which none is in common, are two
 * devices whatever else they share. Where several fit, the entry first in its list gets the first that is free.
 */
export function pairEntries(a: readonly ViewEntry[], b: readonly ViewEntry[]): Pairing {
  const pairer = new Pairer(a, b);
  pairer.match('device', devicesOf, () => true);
  pairer.match('mac', addressesOf, (left, right) => isSameStored(left, right) && intersects(left.macs, right.macs));
  pairer.match('mac', macsOf, isSameStored);
  pairer.match('address', addressesOf, mayBeSame);
  pairer.matchNames();
  return pairer.all();
}

/** Whether nothing that identifies a device says that these are two. */
export function mayBeSame(left: ViewEntry, right: ViewEntry): boolean {
  return isSameStored(left, right) && (left.macs.length === 0 || right.macs.length === 0 || intersects(left.macs, right.macs));
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
export function claimsOf(entries: Iterable<readonly [place: number, entry: ViewEntry]>, keysOf: KeysOf = addressesOf): Claims {
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
  match(by: PairedBy, keysOf: KeysOf, fits: (left: ViewEntry, right: ViewEntry) => boolean): void {
    const claims = claimsOf(free(this.#b, this.#pairedB), keysOf);
    for (const [a, entry] of free(this.#a, this.#pairedA)) {
      const b = this.#firstFree(entry, { claims, keys: keysOf(entry), fits });
      if (b !== undefined) this.#pair({ a, b, by });
    }
  }

  #firstFree(
    entry: ViewEntry,
    {
      claims,
      keys,
      fits,
    }: {
      readonly claims: Claims;
      readonly keys: readonly string[];
      readonly fits: (left: ViewEntry, right: ViewEntry) => boolean;
    },
  ): number | undefined {
    for (const key of keys) {
      const found = claims.get(key)?.find((place) => !this.#pairedB.has(place) && fits(entry, this.#b[place] as ViewEntry));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Only a name that one entry of each side has, among those still without a pair. */
  matchNames(): void {
    const [inA, inB] = [claimsOf(free(this.#a, this.#pairedA), namesOf), claimsOf(free(this.#b, this.#pairedB), namesOf)];
    for (const [name, [a, ...otherA]] of inA) {
      const [b, ...otherB] = inB.get(name) ?? [];
      if (a === undefined || b === undefined || otherA.length + otherB.length > 0) continue;
      if (this.#pairedA.has(a) || this.#pairedB.has(b)) continue;
      if (mayBeSame(this.#a[a] as ViewEntry, this.#b[b] as ViewEntry)) this.#pair({ a, b, by: 'name' });
    }
  }

  #pair(pair: Pair): void {
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

function* free(entries: readonly ViewEntry[], paired: ReadonlySet<number>): Generator<readonly [number, ViewEntry]> {
  for (let place = 0; place < entries.length; place++) if (!paired.has(place)) yield [place, entries[place] as ViewEntry];
}
