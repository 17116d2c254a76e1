import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { before, type Interval, united, without } from './intervals.ts';

const interval = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 8 }))
  .map(([from, length]): Interval => ({ from, to: from + length }));
const some = fc.array(interval, { maxLength: 8 });
/** Every moment that lies in some of them. */
const moments = (intervals: readonly Interval[]): Set<number> =>
  new Set(intervals.flatMap(({ from, to }) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)));
const sorted = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);

test('united time is the same time, in order, and in as few pieces as can be', () => {
  fc.assert(
    fc.property(some, (intervals) => {
      const whole = united(intervals);
      assert.deepEqual(sorted(moments(whole)), sorted(moments(intervals)));
      for (const [i, part] of whole.slice(1).entries()) assert.ok(part.from > (whole[i]?.to ?? 0));
    }),
  );
});

test('time without other time has every moment of the one and none of the other', () => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      const left = without(united(a), united(b));
      assert.deepEqual(sorted(moments(left)), sorted(moments(a).difference(moments(b))));
      assert.deepEqual(left, united(left));
    }),
  );
});

test('time before a moment ends there', () => {
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: 40 }), (intervals, end) => {
      const earlier = sorted(moments(intervals)).filter((at) => at < end);
      assert.deepEqual(sorted(moments(before(united(intervals), end))), earlier);
    }),
  );
});
