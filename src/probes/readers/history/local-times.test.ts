import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { timesIn } from './local-times.ts';

interface Wall {
  toZonedDateTime(zone: string, how: { disambiguation: 'earlier' | 'later' | 'compatible' }): { epochMilliseconds: number };
}
/** The language's own calendar, to check against. */
const { Temporal } = globalThis as unknown as { Temporal: { PlainDateTime: { from(text: string): Wall } } };

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/St_Johns',
];
const seconds = fc.integer({ min: Date.UTC(1995, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 });
/** Near the end of March and October, when most clocks change. */
const nearChanges = fc
  .tuple(fc.integer({ min: 1996, max: 2036 }), fc.constantFrom(2, 3, 9, 10), fc.integer({ min: 0, max: 31 * 86_400 }))
  .map(([year, month, second]) => Date.UTC(year, month, 1) / 1000 + second);

test('a time without a zone is the moment that clocks in that zone showed it, the first of two', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.oneof(seconds, nearChanges), (zone, at) => {
      const text = new Date(at * 1000).toISOString().slice(0, 19);
      const wall = Temporal.PlainDateTime.from(text);
      const read = timesIn(zone)(text.replace('T', ' '));
      const of = (disambiguation: 'earlier' | 'later' | 'compatible') => wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
      assert.equal(read?.first, of('compatible'));
      assert.ok(read?.last === of('compatible') || read?.last === of('later'));
    }),
    { numRuns: 2000 },
  );
});

test('an offset in the text beats the zone', () => {
  const read = timesIn('Europe/Berlin');
  assert.equal(read('2025-07-01T08:00:00Z')?.first, Date.UTC(2025, 6, 1, 8));
  assert.equal(read('2025-07-01 08:00:00+11:00')?.first, Date.UTC(2025, 5, 30, 21));
  assert.equal(read('2025-07-01 08:00:00.123456-0330')?.first, Date.UTC(2025, 6, 1, 11, 30));
  assert.equal(read('2025-07-01 08:00')?.first, Date.UTC(2025, 6, 1, 6));
});

test('what is no time is none', () => {
  for (const text of [
    '',
    'now',
    '2025-13-01 00:00:00',
    '2025-02-29 00:00:00',
    '2025-01-01 24:00:00',
    '2025-01-01',
    '99999-01-01 00:00:00',
    `2025-01-01 00:00:00${' '.repeat(9)}x`,
  ])
    assert.equal(timesIn('UTC')(text), undefined, text);
  assert.throws(() => timesIn('Mars/Olympus'), RangeError);
});
