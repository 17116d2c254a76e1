import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Presence, presenceFact, type Span } from '../../core/index.ts';
import { settled } from './from-records.ts';
import { newStretches } from './merge-presence.ts';
import type { Stretch } from './past-device.ts';

const HORIZON = 40;
const stretch = fc
  .tuple(fc.constantFrom<Stretch['value']>('present', 'away'), fc.integer({ min: 0, max: HORIZON - 8 }), fc.integer({ min: 1, max: 8 }))
  .map(([value, from, length]): Stretch => ({ value, from, to: from + length }));
const told = fc.array(stretch, { maxLength: 5 }).map(settled);

let scans = 0;
const spansOf = (stretches: readonly Stretch[]): Span[] => {
  const scan = ++scans;
  return stretches.map(({ value, from, to }) => ({ ...presenceFact(value, from), device: 1, from, to, openedBy: scan, closedBy: scan }));
};

/** What spans say at each moment, as the store reads them (the newest counts) and as sessions do (the last to begin counts). */
function readings(spans: readonly Span[]): { store: Presence[]; sessions: Presence[] } {
  const at = (moment: number, order: (a: Span, b: Span) => number): Presence => {
    const held = spans.filter(({ from, to }) => from <= moment && (to === null || to > moment)).sort(order);
    return (held.at(-1)?.value.split('@')[0] ?? 'unknown') as Presence;
  };
  const moments = Array.from({ length: HORIZON }, (_, i) => i);
  return {
    store: moments.map((moment) => at(moment, (a, b) => a.openedBy - b.openedBy || a.from - b.from)),
    sessions: moments.map((moment) => at(moment, (a, b) => a.from - b.from || a.openedBy - b.openedBy)),
  };
}

const RANK = { unknown: 0, away: 1, present: 2 } as const;
const higher = (a: Presence, b: Presence): Presence => (RANK[a] >= RANK[b] ? a : b);

test('whoever saw it is right over whoever missed it, and both over those who say nothing; each import adds only what is new', () => {
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 4 }), (imports) => {
      const spans: Span[] = [];
      let expected: Presence[] = Array.from({ length: HORIZON }, () => 'unknown');
      for (const stretches of imports) {
        spans.push(...spansOf(newStretches(spans, stretches, HORIZON)));
        const { store: own } = readings(spansOf(stretches));
        expected = expected.map((presence, moment) => higher(presence, own[moment] ?? 'unknown'));
        assert.deepEqual(readings(spans), { store: expected, sessions: expected });
        assert.deepEqual(newStretches(spans, stretches, HORIZON), [], 'twice is once');
      }
    }),
    { numRuns: 2000 },
  );
});

test('nothing is told of the time that we watched ourselves', () => {
  fc.assert(
    fc.property(told, fc.integer({ min: 0, max: HORIZON }), (stretches, end) => {
      for (const { to } of newStretches([], stretches, end)) assert.ok(to <= end);
    }),
  );
});
