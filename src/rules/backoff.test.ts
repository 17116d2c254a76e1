import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoff } from './backoff.ts';

test('no wait is shorter than a second or longer than five minutes, unless the receiver asks for more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: -1, max: 2, noNaN: true }), (attempts, dice) => {
      const wait = backoff(attempts, { dice, after: null });
      assert.ok(wait >= 1000 && wait <= 300_000 && Number.isInteger(wait));
    }),
  );
});

test('what the receiver asks for counts when it is longer, up to six hours', () => {
  assert.deepEqual(
    [1, 60_000, 1e12].map((after) => backoff(1, { dice: 1, after })),
    [2000, 60_000, 21_600_000],
  );
});
