import type { View, ViewEntry } from '../core/index.ts';
import { joinParts } from './join-parts.ts';
import type { Match } from './order-matches.ts';
import { type Claims, claimsOf, evidenceOf, type Pairing, pairEntries } from './pair-entries.ts';

/** A view with what matching it to the other one brought to light. */
export interface MatchedSide {
  readonly view: View;
  /** Who has which id, MAC or address; empty when the other side has nobody left over to ask for. */
  readonly holders: Claims;
  /** More entries of a device, by its first one. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

export interface MatchedViews {
  readonly a: MatchedSide;
  readonly b: MatchedSide;
  /** Devices that must be read to be compared. */
  readonly matches: readonly Match[];
  /** How many are the same by their fingerprints. */
  readonly same: number;
}

/** Which devices of two views are the same ones, which of them may differ, and which only one view has. */
export function matchViews(a: View, b: View): MatchedViews {
  const pairing = pairEntries(a.entries, b.entries);
  const holders = { a: holdersIn(a, pairing.onlyB.length), b: holdersIn(b, pairing.onlyA.length) };
  const joinedA = joinParts({
    alone: pairing.onlyA,
    mine: a.entries,
    others: b.entries,
    holders: holders.b,
    pairOf: placesBy(pairing, 'b', 'a'),
  });
  const joinedB = joinParts({
    alone: pairing.onlyB,
    mine: b.entries,
    others: a.entries,
    holders: holders.a,
    pairOf: placesBy(pairing, 'a', 'b'),
  });
  const changed = pairing.pairs.filter((pair) => {
    const whole = joinedA.parts.has(pair.a) || joinedB.parts.has(pair.b);
    return whole || !sameFingerprint(a.entries[pair.a] as ViewEntry, b.entries[pair.b] as ViewEntry);
  });
  return {
    a: { view: a, holders: holders.a, parts: joinedA.parts },
    b: { view: b, holders: holders.b, parts: joinedB.parts },
    matches: [
      ...changed,
      ...joinedA.alone.map((place): Match => ({ a: place, b: null, by: null })),
      ...joinedB.alone.map((place): Match => ({ a: null, b: place, by: null })),
    ],
    same: pairing.pairs.length - changed.length,
  };
}

function holdersIn(view: View, asking: number): Claims {
  return claimsOf(asking === 0 ? [] : view.entries.entries(), evidenceOf);
}

/** The place on one side of who is paired at a place of the other; empty when nobody will ask. */
function placesBy({ pairs, onlyA, onlyB }: Pairing, from: 'a' | 'b', to: 'a' | 'b'): ReadonlyMap<number, number> {
  const asking = to === 'a' ? onlyA.length : onlyB.length;
  return new Map(asking === 0 ? [] : pairs.map((pair) => [pair[from], pair[to]]));
}

function sameFingerprint(a: ViewEntry, b: ViewEntry): boolean {
  return a.fingerprint !== null && a.fingerprint === b.fingerprint;
}
