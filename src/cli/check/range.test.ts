import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { orFault } from '../../core/index.ts';
import { alerts, parseRange, wrongBy } from './range.ts';

const range = (text: string) => orFault(parseRange(text, '-w'));

test('every example of the guidelines alerts where they say', () => {
  const [quiet, loud] = [(text: string, ...values: number[]) => values.map((v) => alerts(range(text), v)), true];
  assert.deepEqual(quiet('10', -1, 0, 10, 11), [loud, false, false, loud]);
  assert.deepEqual(quiet('10:', 9, 10, 1e12), [loud, false, false]);
  assert.deepEqual(quiet('~:10', -1e12, 10, 11), [false, false, loud]);
  assert.deepEqual(quiet('10:20', 9, 10, 20, 21), [loud, false, false, loud]);
  assert.deepEqual(quiet('@10:20', 9, 10, 20, 21), [false, loud, loud, false]);
  assert.deepEqual(quiet(':5', -1, 0, 5, 6), [loud, false, false, loud]);
  assert.deepEqual(quiet('-5.5:-1', -6, -5.5, -1, 0), [loud, false, false, loud]);
  assert.deepEqual(quiet('@~:0', -3, 0, 1), [loud, loud, false]);
  assert.deepEqual(quiet('1:1', 0, 1, 2), [loud, false, loud]);
});

test('what is no range is refused with the value, and with what to write', () => {
  for (const text of ['', '@', '~', '@~', '10:20:30', 'ten', '10 :20', ' 10', '20:10', '10:~', '--5', '1e3', '0x10', '10,20', '5%'])
    assert.ok(!parseRange(text, '-c').ok, text);
  assert.deepEqual(parseRange('20:10', '--critical'), {
    ok: false,
    reason: 'reading --critical "20:10": it begins after its end',
    remedy: 'write one like 10:50, 10:, ~:50, @10:20, or 50 for 0 to 50',
  });
});

test('with @ exactly the other numbers alert', () => {
  const ends = fc
    .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }))
    .map((pair) => pair.sort((a, b) => a - b));
  fc.assert(
    fc.property(ends, fc.integer({ min: -1100, max: 1100 }), ([from, to], value) => {
      const text = `${from}:${to}`;
      assert.equal(alerts(range(text), value), !alerts(range(`@${text}`), value));
    }),
  );
});

test('it is told which end was passed', () => {
  assert.equal(wrongBy(range('5:60'), 3), 'fewer than 5');
  assert.equal(wrongBy(range('5:60'), 61), 'more than 60');
  assert.equal(wrongBy(range('@0:4'), 3), 'inside 0:4');
});
