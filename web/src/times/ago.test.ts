import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lengthOf } from './ago.ts';

const UNIT = { second: 's', minute: 'min', hour: 'h', day: 'd' };
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

test('a length of time is told in the two largest units that say something', () => {
  for (const [ms, told] of [
    [0, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [59 * MINUTE, '59 min'],
    [HOUR, '1 h'],
    [3 * HOUR + 20 * MINUTE, '3 h 20 min'],
    [DAY, '1 d'],
    [DAY + 5 * HOUR, '1 d 5 h'],
    [12 * DAY + 5 * HOUR, '12 d'],
  ] as const)
    assert.equal(lengthOf(ms, UNIT), told);
});

test('a clock that runs behind tells no negative length', () => {
  fc.assert(fc.property(fc.integer({ max: 0 }), (ms) => lengthOf(ms, UNIT) === '0 s'));
});

test('what is longer is never told as shorter', () => {
  const minutes = (told: string): number =>
    [...told.matchAll(/(\d+) (s|min|h|d)/g)].reduce(
      (sum, [, n, unit]) => sum + Number(n) * ({ s: 1 / 60, min: 1, h: 60, d: 1440 }[unit as 's'] ?? 0),
      0,
    );
  fc.assert(fc.property(fc.nat(400 * DAY), fc.nat(DAY), (ms, more) => minutes(lengthOf(ms + more, UNIT)) >= minutes(lengthOf(ms, UNIT))));
});
