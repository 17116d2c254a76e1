import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Presence } from '../core/index.ts';
import { stripOf } from './presence-strip.ts';

const strip = (sessions: readonly (readonly [Presence, number, number | null])[], slots = 10) =>
  stripOf(
    sessions.map(([presence, from, to]) => ({ presence, from, to })),
    { since: 0, until: 100, slots },
  );

test('a strip says slot by slot what a device was, alike ones as one', () => {
  assert.deepEqual(
    strip([
      ['present', 0, 30],
      ['away', 30, 80],
      ['present', 80, null],
    ]),
    [
      ['present', 3],
      ['away', 5],
      ['present', 2],
    ],
  );
});

test('before it was known it is none, and time nobody looked is unknown', () => {
  assert.deepEqual(
    strip([
      ['present', 40, 60],
      ['unknown', 60, null],
    ]),
    [
      ['none', 4],
      ['present', 2],
      ['unknown', 4],
    ],
  );
  assert.deepEqual(strip([]), [['none', 10]]);
});

test('of a slot the longest part counts, and of parts as long presence', () => {
  assert.deepEqual(
    strip([
      ['present', 0, 4],
      ['away', 4, 100],
    ]),
    [['away', 10]],
  );
  assert.deepEqual(
    strip([
      ['away', 0, 5],
      ['present', 5, 10],
      ['away', 10, null],
    ]),
    [
      ['present', 1],
      ['away', 9],
    ],
  );
  assert.deepEqual(
    strip([
      ['away', 0, 2],
      ['present', 2, 5],
      ['away', 5, 7],
      ['present', 7, 10],
      ['away', 10, null],
    ])[0],
    ['present', 1],
  );
});

test('whatever the sessions, every slot is told and neighbours differ', () => {
  const lengths = fc.array(fc.tuple(fc.constantFrom<Presence>('present', 'away', 'unknown'), fc.integer({ min: 1, max: 40 })), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(lengths, fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 60 }), (all, start, slots) => {
      let at = start;
      const sessions = all.map(([presence, length]): [Presence, number, number] => [presence, at, (at += length)]);
      const runs = strip(sessions, slots);
      assert.equal(
        runs.reduce((sum, [, n]) => sum + n, 0),
        slots,
      );
      assert.ok(runs.every(([state], i) => state !== runs[i + 1]?.[0]));
    }),
  );
});
