import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import fc from 'fast-check';
import { barOf, localDays, type Stretch } from './timeline-bar.ts';
import { lengthText } from './timeline-length.ts';

const HOUR = 3_600_000;
const zone = process.env['TZ'];
afterEach(() => void (process.env['TZ'] = zone ?? 'UTC'));

const textOf = (stretches: readonly Stretch[], width: number, ascii = true): string =>
  barOf(stretches, { from: 0, to: 100, width, ascii })
    .map((piece) => (typeof piece === 'string' ? piece : piece.text))
    .join('');

const S = (presence: Stretch['presence'], from: number, to: number): Stretch => ({ presence, from, to });

test('each column is an equal part of the time; before anything is known it is blank', () => {
  assert.equal(textOf([S('away', 20, 40), S('present', 40, 80), S('unknown', 80, 100)], 10), '  ..####??');
  assert.equal(textOf([S('away', 20, 40), S('present', 40, 80), S('unknown', 80, 100)], 10, false), '  ··████░░');
});

test('neither a short visit nor a short absence is lost in its column', () => {
  assert.equal(textOf([S('away', 0, 51), S('present', 51, 52), S('away', 52, 100)], 10), '.....+....');
  assert.equal(textOf([S('present', 0, 51), S('away', 51, 52), S('present', 52, 100)], 10), '#####+####');
});

test('whatever the sessions, a bar is as wide as it should be, and like columns are one piece', () => {
  const some = fc.array(fc.tuple(fc.constantFrom('present', 'away', 'unknown'), fc.nat(20)), { maxLength: 40 });
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 200 }), (parts, width) => {
      let at = 0;
      const stretches = parts.map(([presence, length]) => S(presence, at, (at += length + 1)));
      const pieces = barOf(stretches, { from: 0, to: 100, width, ascii: true });
      const texts = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text));
      assert.equal(texts.join('').length, width);
      assert.ok(texts.every((text) => new Set(text).size === 1));
      assert.ok(texts.every((text, i) => text[0] !== texts[i + 1]?.[0]));
    }),
  );
});

test('R33: days are local: 23 hours when the clock goes forward, 25 when it goes back, none twice', () => {
  process.env['TZ'] = 'Europe/Berlin';
  const hours = (from: string, to: string): string[] =>
    localDays(Date.parse(from), Date.parse(to)).map(({ name, from: begin, to: end }) => `${name} ${(end - begin) / HOUR}`);
  assert.deepEqual(hours('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z'), ['Sat 2026-03-28 24', 'Sun 2026-03-29 23', 'Mon 2026-03-30 24']);
  assert.deepEqual(hours('2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z'), ['Sun 2026-10-25 25']);
  process.env['TZ'] = 'Pacific/Apia';
  assert.deepEqual(hours('2011-12-29T12:00:00Z', '2011-12-31T12:00:00Z').at(-1)?.slice(0, 14), 'Sun 2012-01-01');
});

test('lengths are told in two units', () => {
  const told = [0, 999, 61_000, 3 * HOUR, 25 * HOUR + 59_000, 400 * 24 * HOUR].map(lengthText);
  assert.deepEqual(told, ['0s', '1s', '1m 1s', '3h', '1d 1h', '400d']);
});
