import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Span } from '../core/index.ts';
import { clipped, sessionsIn } from './sessions-of-spans.ts';

const span = (value: string, from: number, to: number | null, openedBy = from): Span => {
  return { device: 1, kind: 'presence', key: '', value, from, to, openedBy, closedBy: null };
};

test('alike neighbours are one session, and a moment without length is none', () => {
  const spans = [
    span('present', 0, 10),
    span('away@5', 10, 20),
    span('away@7', 20, 30),
    span('present', 30, 30),
    span('unknown@30', 30, null),
  ];
  assert.deepEqual(sessionsIn(spans), [
    { presence: 'present', from: 0, to: 10 },
    { presence: 'away', from: 10, to: 30 },
    { presence: 'unknown', from: 30, to: null },
  ]);
});

test('R32: after a clock was set back the later word counts, and no two sessions overlap', () => {
  assert.deepEqual(sessionsIn([span('present', 0, 100, 1), span('away@50', 60, null, 2)]), [
    { presence: 'present', from: 0, to: 60 },
    { presence: 'away', from: 60, to: null },
  ]);
});

test('other facts make no sessions', () => {
  assert.deepEqual(sessionsIn([{ ...span('open', 0, null), kind: 'port', key: 'tcp/22' }]), []);
});

test('whatever the spans and the time asked for, sessions are in order, apart, and inside of it', () => {
  const some = fc.array(
    fc
      .tuple(fc.constantFrom('present', 'away@1', 'unknown@1'), fc.nat(1000), fc.option(fc.nat(300)))
      .map(([value, from, length]) => span(value, from, length === null ? null : from + length)),
  );
  fc.assert(
    fc.property(some, fc.nat(1000), fc.nat(1000), fc.option(fc.nat(1500)), (spans, since, length, stale) => {
      const [until, now] = [since + length, 1200];
      const told = clipped(sessionsIn(spans, stale), { since, until }, now);
      let end = since;
      for (const [index, { from, to }] of told.entries()) {
        assert.ok(from >= end && (to === null || to > from), JSON.stringify(told));
        assert.ok(to !== null || (index === told.length - 1 && until >= now));
        end = to ?? until;
      }
      assert.ok(end <= Math.max(until, since));
    }),
  );
});
