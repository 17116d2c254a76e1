import type { Fact, Instant, SpanDelta } from '../../core/index.ts';
import { before, type Interval, united, without } from './intervals.ts';
import { type PastFact, SECOND } from './past-device.ts';

/** What is known of a device already, and how firmly. */
export interface KnownFacts {
  readonly facts: readonly PastFact[];
  /** From when on it was watched by ourselves; null: all that is known came from other programs. */
  readonly watchedFrom: Instant | null;
  /** null: nothing was known of it. */
  readonly lastSeen: Instant | null;
}

interface Told {
  readonly facts: readonly PastFact[];
  readonly lastSeen: Instant;
}

type Delta = Pick<Required<SpanDelta>, 'close' | 'open' | 'past'>;

const FOREVER = Number.POSITIVE_INFINITY;
const slotOf = ({ fact: { kind, key } }: PastFact): string => `${kind} ${key}`;
const endOf = ({ to }: PastFact): Instant => to ?? FOREVER;

/**
 * The spans by which other programs' facts add to what is known. Before we watched ourselves they fill what is empty;
 * what we know ourselves is never cut. Of two programs, the one that looked later says how things stood in the end.
 */
export function newFacts(known: KnownFacts, told: Told): Delta {
  const delta: Delta = { close: [], open: [], past: [] };
  const stored = Map.groupBy(known.facts, slotOf);
  const isNewer = known.lastSeen === null || told.lastSeen > known.lastSeen;
  for (const [slot, facts] of Map.groupBy(told.facts, slotOf)) {
    const ordered = [...facts].sort((a, b) => a.from - b.from);
    const there = stored.get(slot) ?? [];
    add(
      delta,
      known.watchedFrom === null ? ofOthers(there, ordered, { known, told, isNewer }) : ofBefore(there, ordered, known.watchedFrom),
    );
  }
  if (isNewer && known.watchedFrom === null && known.lastSeen !== null) add(delta, movedAway(known, told));
  return delta;
}

function add(delta: Delta, { close, open, past }: Delta): void {
  (delta.close as Delta['close'][number][]).push(...close);
  (delta.open as Delta['open'][number][]).push(...open);
  (delta.past as Delta['past'][number][]).push(...past);
}

/** Only the time before we watched, as far as nobody told of it yet. */
function ofBefore(there: readonly PastFact[], facts: readonly PastFact[], end: Instant): Delta {
  return ended(facts.flatMap((fact) => partsOf(fact, coverOf(there), end)));
}

interface Standing {
  readonly known: KnownFacts;
  readonly told: Told;
  readonly isNewer: boolean;
}

/** Another program's word beside another's: the later one says what holds, both fill in what was. */
function ofOthers(there: readonly PastFact[], facts: readonly PastFact[], { known, told, isNewer }: Standing): Delta {
  const open = there.find(({ to }) => to === null);
  if (!isNewer) return ofOlder(there, facts, told);
  const earlier = ended(facts.flatMap((fact) => partsOf(fact, coverOf(there), FOREVER)));
  if (!open) return earlier;
  const seen = known.lastSeen ?? open.from;
  const until = heldUntil(open, facts, seen);
  if (until === FOREVER) return earlier;
  const later = facts.filter((fact) => endOf(fact) > until).map((fact) => ({ ...fact, from: Math.max(fact.from, until) }));
  const rest = ended(later);
  return { close: [closing(open.fact, until)], open: rest.open, past: [...earlier.past, ...rest.past] };
}

/** It fills what is empty; what nobody else says holds on, but for addresses, at which the device was seen elsewhere since. */
function ofOlder(there: readonly PastFact[], facts: readonly PastFact[], told: Told): Delta {
  const bounded = facts.map((fact) => (fact.fact.kind === 'address' ? { ...fact, to: fact.to ?? told.lastSeen + SECOND } : fact));
  return ended(bounded.flatMap((fact) => partsOf(fact, coverOf(there), FOREVER)));
}

/** Until when a later report bears out a fact; for ever when it never says otherwise. */
function heldUntil(open: PastFact, facts: readonly PastFact[], seen: Instant): Instant {
  let until: Instant | null = null;
  for (const fact of facts) {
    if (endOf(fact) <= seen) continue;
    if (fact.fact.value !== open.fact.value || (until !== null && fact.from > until)) return until ?? Math.max(fact.from, open.from);
    until = endOf(fact);
  }
  // A report that only knows it from before tells of its end.
  return until ?? Math.max(open.from, Math.min(seen, endOf(facts.at(-1) as PastFact)));
}

/** Addresses that a later report does not know any more. */
function movedAway({ facts, lastSeen }: KnownFacts, told: Told): Delta {
  const places = told.facts.filter(({ fact: { kind } }) => kind === 'address');
  const fresh = places.filter((place) => endOf(place) > (lastSeen ?? 0));
  if (fresh.length === 0) return { close: [], open: [], past: [] };
  const moved = Math.max(lastSeen ?? 0, Math.min(...fresh.map(({ from }) => from)));
  const left = facts.filter(
    ({ fact, to }) => fact.kind === 'address' && to === null && !places.some((place) => place.fact.key === fact.key),
  );
  return { close: left.map(({ fact, from }) => closing(fact, Math.max(from, moved))), open: [], past: [] };
}

const closing = ({ kind, key }: Fact, at: Instant) => ({ kind, key, at });

/** Ended ones are past, those without an end hold on. */
function ended(facts: readonly PastFact[]): Delta {
  return {
    close: [],
    open: facts.filter(({ to }) => to === null).map(({ fact, from }) => ({ ...fact, from })),
    past: facts.flatMap(({ fact, from, to }) => (to === null ? [] : [{ fact, from, to }])),
  };
}

const coverOf = (facts: readonly PastFact[]): Interval[] => united(facts.map((fact) => ({ from: fact.from, to: endOf(fact) })));

/** What is left of a fact's time before a moment, outside of what is covered. */
function partsOf(fact: PastFact, cover: readonly Interval[], end: Instant): PastFact[] {
  const parts = before(without([{ from: fact.from, to: endOf(fact) }], cover), end);
  return parts.map(({ from, to }) => ({ fact: fact.fact, from, to: to === FOREVER ? null : to }));
}
