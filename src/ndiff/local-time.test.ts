import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, utc } from '../../test/make/ndiff.ts';
import { type LocalTime, localTime } from './local-time.ts';

const HOUR = 3600;
/** 2023-10-29 01:00 UTC: Berlin puts its clocks back from three to two. */
const BACK = 1_698_541_200;
const [FIRST, SECOND] = [BACK - HOUR / 2, BACK + HOUR / 2];
const berlin = (): LocalTime => localTime((epoch) => (epoch < BACK ? 2 * HOUR : HOUR));
const newYork = (): LocalTime => localTime((epoch) => (epoch < BACK ? -4 * HOUR : -5 * HOUR));
const again = (zone: LocalTime, epoch: number): number => zone.epoch(zone.civil(epoch));

test('the clock shows the moment and its day', () => {
  assert.deepEqual(utc.civil(1_700_000_000), { year: 2023, month: 11, day: 14, hour: 22, minute: 13, second: 20, weekday: 2 });
  assert.equal(clock(berlin().civil(1_700_000_000)), '2023-11-14 23:13:20');
  assert.equal(utc.civil(0).weekday, 4);
});

test('the clock goes back to the year 1 and on to the year 9999', () => {
  for (const [epoch, shown] of [
    [-62_135_596_800, '0001-01-01 00:00:00'],
    [-59_011_459_200, '0100-01-01 00:00:00'],
    [-1, '1969-12-31 23:59:59'],
    [4_294_967_296, '2106-02-07 06:28:16'],
    [253_402_300_799, '9999-12-31 23:59:59'],
  ] as const) {
    assert.equal(clock(utc.civil(epoch)), shown);
    assert.equal(again(utc, epoch), epoch);
  }
});

test('a moment of the local mean time of old has odd seconds', () => {
  const berlinOfOld = localTime(() => 3208);
  assert.equal(clock(berlinOfOld.civil(-3_000_000_000)), '1874-12-07 19:33:28');
  assert.equal(again(berlinOfOld, -3_000_000_000), -3_000_000_000);
});

test('twice shown, once written: the second moment in the east and the first in the west, when nothing was asked before', () => {
  assert.equal(clock(berlin().civil(FIRST)), clock(berlin().civil(SECOND)));
  assert.equal(again(berlin(), FIRST), SECOND);
  assert.equal(again(berlin(), SECOND), SECOND);
  assert.equal(again(newYork(), SECOND), FIRST);
});

test('twice shown, once written: behind a moment of summer the first, behind one of winter the second', () => {
  for (const make of [berlin, newYork]) {
    const zone = make();
    again(zone, BACK - 90 * 24 * HOUR);
    assert.equal(again(zone, SECOND), FIRST);
    again(zone, BACK + 90 * 24 * HOUR);
    assert.equal(again(zone, FIRST), SECOND);
  }
});

test('around a change of the clock every other moment is found again', () => {
  for (const make of [berlin, newYork]) {
    const zone = make();
    for (const epoch of [BACK - HOUR - 1, BACK + HOUR, BACK - 5 * HOUR, BACK + 5 * HOUR]) assert.equal(again(zone, epoch), epoch);
  }
});
