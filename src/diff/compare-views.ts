import type { ComparisonItem, PairedBy, View, ViewEntry } from '../core/index.ts';
import { compareAlone } from './compare-alone.ts';
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
import { joinDevices } from './join-parts.ts';
import { type MatchedSide, matchViews } from './match-views.ts';
import { inAddressOrder } from './order-matches.ts';
import { Tally } from './tally.ts';
import { withoutRepeats } from './told-twice.ts';

/**
 * What differs between two views, and of what too little is known to say: first the sides, then the devices in the order
 * of their addresses (IPv4, IPv6, none), last the sum. Only what a side asked can be missing in it. Reads only devices
 * that may differ, one after the other.
 */
export function* compareViews(a: View, b: View, rules: IgnoreRules): Generator<ComparisonItem> {
  for (const item of compareInSteps(a, b, rules)) if (item !== null) yield item;
}

/** The same, and null after each device of which there is nothing to tell, so that whoever has other work can turn to it. */
export function* compareInSteps(a: View, b: View, rules: IgnoreRules): Generator<ComparisonItem | null> {
  yield { kind: 'sides', a: comparedSide(a, b), b: comparedSide(b, a) };
  const { a: left, b: right, matches, same } = matchViews(a, b);
  const tally = new Tally(same);
  for (const match of inAddressOrder(matches, a.entries, b.entries)) {
    const sides = { a: seenIn(left, match.a), b: seenIn(right, match.b) };
    const { differences, unknown } = tally.add(findingsOf({ ...sides, by: match.by }, { a: left, b: right }, rules));
    if (differences.length + unknown.length === 0) yield null;
    else yield { kind: 'device', device: comparedDevice(sides.a, sides.b), pairedBy: match.by, differences, unknown };
  }
  yield tally.sum();
}

function seenIn({ view, parts }: MatchedSide, place: number | null): Seen | null {
  if (place === null) return null;
  const more = parts.get(place) ?? [];
  return { ...joinDevices([view.read(place), ...more.map((part) => view.read(part))]), view, entry: view.entries[place] as ViewEntry };
}

interface Found {
  readonly a: Seen | null;
  readonly b: Seen | null;
  readonly by: PairedBy | null;
}

function findingsOf({ a, b, by }: Found, sides: Readonly<Record<'a' | 'b', MatchedSide>>, rules: IgnoreRules): Findings {
  if (a !== null && b !== null) return comparePair({ a, b }, by, rules);
  if (a !== null) return compareAlone(a, 'a', sides.b);
  return b === null ? NOTHING : compareAlone(b, 'b', sides.a);
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
    differences: withoutRepeats(parts.flatMap(({ differences }) => differences)),
    unknown: parts.flatMap(({ unknown }) => unknown),
    ignored: parts.reduce((sum, { ignored }) => sum + ignored, 0),
  };
}
