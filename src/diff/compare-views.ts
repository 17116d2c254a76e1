import type { ComparisonItem, PairedBy, View, ViewEntry } from '../core/index.ts';
import { compareAlone, type OtherSide } from './compare-alone.ts';
import {
  compareAddresses,
  compareIdentity,
  compareOs,
  comparePresence,
  type Findings,
  NOTHING,
  type Seen,
  type Sides,
} from './compare-known.ts';
import { compareOpen, pairPorts } from './compare-open.ts';
import { compareScripts } from './compare-scripts.ts';
import { comparedDevice, comparedSide } from './compared.ts';
import type { IgnoreRules } from './ignore.ts';
import { inAddressOrder, type Match } from './order-matches.ts';
import { claimsOf, pairEntries } from './pair-entries.ts';
import { Tally } from './tally.ts';

/**
 * What differs between two views, and of what too little is known to say: first the sides, then the devices in the order
 * of their addresses (IPv4, IPv6, none), last the sum. Only what a side asked can be missing in it. Reads only devices
 * that may differ, one after the other.
 */
export function* compareViews(a: View, b: View, rules: IgnoreRules): Generator<ComparisonItem> {
  yield { kind: 'sides', a: comparedSide(a, b), b: comparedSide(b, a) };
  const { pairs, onlyA, onlyB } = pairEntries(a.entries, b.entries);
  const open: Match[] = pairs.filter((pair) => !sameFingerprint(a.entries[pair.a] as ViewEntry, b.entries[pair.b] as ViewEntry));
  const tally = new Tally(pairs.length - open.length);
  for (const place of onlyA) open.push({ a: place, b: null, by: null });
  for (const place of onlyB) open.push({ a: null, b: place, by: null });
  const others = { a: otherSide(a, onlyB.length), b: otherSide(b, onlyA.length) };
  for (const match of inAddressOrder(open, a.entries, b.entries)) {
    const [left, right] = [seenIn(a, match.a), seenIn(b, match.b)];
    const { differences, unknown } = tally.add(findingsOf({ left, right, by: match.by }, others, rules));
    if (differences.length + unknown.length === 0) continue;
    yield { kind: 'device', device: comparedDevice(left, right), pairedBy: match.by, differences, unknown };
  }
  yield tally.sum();
}

function sameFingerprint(a: ViewEntry, b: ViewEntry): boolean {
  return a.fingerprint !== null && a.fingerprint === b.fingerprint;
}

function seenIn(view: View, place: number | null): Seen | null {
  return place === null ? null : { ...view.read(place), view, entry: view.entries[place] as ViewEntry };
}

interface Found {
  readonly left: Seen | null;
  readonly right: Seen | null;
  readonly by: PairedBy | null;
}

/** Who holds which address is worked out only when somebody is alone. */
function otherSide(view: View, alone: number): OtherSide {
  return { view, holders: claimsOf(alone === 0 ? [] : view.entries.entries()) };
}

function findingsOf({ left, right, by }: Found, others: Readonly<Record<'a' | 'b', OtherSide>>, rules: IgnoreRules): Findings {
  if (left !== null && right !== null) return comparePair({ a: left, b: right }, by, rules);
  if (left !== null) return compareAlone(left, 'a', others.b);
  return right === null ? NOTHING : compareAlone(right, 'b', others.a);
}

/** In this order: is it there, where is it, who is it, what does it serve. */
function comparePair(sides: Sides, by: PairedBy | null, rules: IgnoreRules): Findings {
  const ports = pairPorts(sides);
  return together([
    comparePresence(sides),
    compareAddresses(sides),
    compareIdentity(sides, by),
    compareOs(sides),
    compareOpen(sides, ports, rules),
    compareScripts(sides, ports, rules),
  ]);
}

function together(parts: readonly Findings[]): Findings {
  return {
    differences: parts.flatMap(({ differences }) => differences),
    unknown: parts.flatMap(({ unknown }) => unknown),
    ignored: parts.reduce((sum, { ignored }) => sum + ignored, 0),
  };
}
