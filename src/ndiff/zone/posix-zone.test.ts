import assert from 'node:assert/strict';
import { test } from 'node:test';
import { posixZone } from './posix-zone.ts';

const HOUR = 3600;
const hours = (zone: string, date: string): number => {
  const offsetAt = posixZone(zone) ?? assert.fail(`${zone} is no zone`);
  return offsetAt(Date.parse(`${date}Z`) / 1000) / HOUR;
};

/** The moment of a change: before it the first offset, from it on the second. */
function changes(zone: string, date: string, [before, after]: readonly [number, number]): void {
  const at = Date.parse(`${date}Z`) / 1000;
  const offsetAt = posixZone(zone) ?? assert.fail(`${zone} is no zone`);
  assert.deepEqual([offsetAt(at - 1) / HOUR, offsetAt(at) / HOUR], [before, after], `${zone} ${date}`);
}

test('a zone that never changes has a name and an offset, west being positive', () => {
  assert.equal(hours('XYZ-3', '2026-07-01'), 3);
  assert.equal(hours('EST5', '2026-01-01'), -5);
  assert.equal(hours('<+0330>-3:30', '2026-07-01'), 3.5);
  assert.equal(hours('ABC-5:45:30', '2026-07-01') * HOUR, 5 * HOUR + 45 * 60 + 30);
  assert.equal(hours('XYZ-25', '2026-07-01'), 24, 'no more than a day');
});

test('clocks are changed on a weekday of a month', () => {
  const berlin = 'CET-1CEST,M3.5.0,M10.5.0/3';
  changes(berlin, '2026-03-29T01:00', [1, 2]);
  changes(berlin, '2026-10-25T01:00', [2, 1]);
  changes(berlin, '2027-03-28T01:00', [1, 2]);
  changes('EST5EDT,M3.2.0,M11.1.0', '2026-03-08T07:00', [-5, -4]);
  changes('EST5EDT,M3.2.0,M11.1.0', '2026-11-01T06:00', [-4, -5]);
  changes('AAA0BBB,M2.5.1/0,M8.4.6/0', '2026-02-23T00:00', [0, 1]);
});

test('in the south the year begins in summer', () => {
  const auckland = 'NZST-12NZDT,M9.5.0,M4.1.0/3';
  assert.equal(hours(auckland, '2026-01-01'), 13);
  assert.equal(hours(auckland, '2026-07-01'), 12);
  changes(auckland, '2026-04-04T14:00', [13, 12]);
  changes(auckland, '2026-09-26T14:00', [12, 13]);
});

test('clocks are changed on a day of the year, with and without 29 February', () => {
  changes('AAA0BBB,J60/2,J300/2', '2026-03-01T02:00', [0, 1]);
  changes('AAA0BBB,J60/2,J300/2', '2028-03-01T02:00', [0, 1]);
  changes('AAA0BBB,59/2,300/2', '2026-03-01T02:00', [0, 1]);
  changes('AAA0BBB,59/2,300/2', '2028-02-29T02:00', [0, 1]);
});

test('the hour of a change may lie in another day', () => {
  changes('<-03>3<-02>,M3.5.0/-2,M10.5.0/-1', '2026-03-29T01:00', [-3, -2]);
  changes('AAA0BBB,M3.5.0/48,M10.5.0', '2026-03-31T00:00', [0, 1]);
  changes('AAA0BBB,M3.5.0/2:30:15,M10.5.0', '2026-03-29T02:30:15', [0, 1]);
});

test('summer is an hour, unless it says otherwise', () => {
  assert.equal(hours('AAA-1BBB-3,M3.5.0,M10.5.0', '2026-07-01'), 3);
  assert.equal(hours('AAA5BBB,M3.2.0,M11.1.0', '2026-07-01'), -4);
});

test('before 1970 nobody changes clocks by a rule', () => {
  assert.equal(hours('CET-1CEST,M3.5.0,M10.5.0/3', '1960-07-01'), 1);
});

test('a zone that does not say its summers has the usual ones', () => {
  changes('CET-1CEST', '2026-03-08T01:00', [1, 2]);
  assert.equal(posixZone('CET-1CEST', () => () => 42)?.(0), 42);
  assert.deepEqual(
    posixZone(
      'CET-1CEST',
      ({ standard, summer }) =>
        () =>
          summer * 10 + standard,
    )?.(0),
    2 * HOUR * 10 + HOUR,
  );
  assert.equal(hours('CET-1CEST,M3.5.0', '2026-11-01T01:00'), 1, 'one rule is completed');
});

test('what is no zone is none', () => {
  for (const text of ['', 'x', 'AB3', 'ABC', 'Europe/Berlin', 'ABC3D', '3ABC', '<AB', 'ABC 3']) assert.equal(posixZone(text), null, text);
});
