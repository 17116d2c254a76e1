import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../make/device.ts';
import { oldSystem, oneMiss } from './policies.ts';
import { rollcall } from './rollcall.ts';
import { lineOf, play, type Score } from './score.ts';
import type { Watch } from './trace.ts';
import { DAY, home, lan, office, START, sleeper, type Unit, wired } from './world.ts';

/** Noon of the second day. */
const NOON = START + DAY + 12 * HOUR;

/** One trace through Rollcall alone. */
async function judged(units: readonly Unit[], watch: Watch, after?: number): Promise<Score> {
  const [score] = await play(units, watch, [await rollcall(watch)], after);
  assert.ok(score);
  return score;
}
const countOf = ({ counts }: Score, kind: string): number => counts[kind] ?? 0;

test('G3: at 10 % reply loss, 200 hosts, 5-minute sweeps and 30 days at most one device is said to have left', async (t) => {
  const watch = { seed: 36, days: 30, every: 5 * MINUTE, loss: 0.1 };
  const score = await judged(lan(200, 30), watch);
  t.diagnostic(lineOf(score));
  assert.ok(score.falseDepartures <= 1, lineOf(score));
  assert.equal(countOf(score, 'device.appeared'), 200);
});

test('G3: the same where every look asks only once, so that it misses one host in ten', async (t) => {
  const watch = { seed: 37, days: 8, every: 5 * MINUTE, loss: 0.1, tries: 1, confirms: 3 };
  const score = await judged(lan(200, 8), watch);
  t.diagnostic(lineOf(score));
  assert.ok(score.falseDepartures <= 1, lineOf(score));
});

test('R37: a phone that answers one look of six neither flaps nor falsely leaves once it is known', async (t) => {
  for (let seed = 1; seed <= 8; seed++) {
    const watch = { seed, days: 4, every: MINUTE, loss: 0.05, confirms: 1 };
    const score = await judged([...lan(3, 4), sleeper(9, 4, { one: 6, seed })], watch, START + DAY);
    if (seed === 1) t.diagnostic(lineOf(score));
    assert.equal(score.falseDepartures, 0, `seed ${seed}: ${lineOf(score)}`);
    assert.equal(countOf(score, 'device.flapping'), 0);
  }
});

test('a wired device that leaves is announced within four minutes at one-minute sweeps, whenever it leaves', async (t) => {
  const delays: number[] = [];
  for (let seed = 0; seed < 40; seed++) {
    const gone = START + 6 * HOUR + seed * 7001;
    const units = [...lan(6, 1), wired(9, 1, [[START - DAY, gone]])];
    const score = await judged(units, { seed, days: 0.5, every: MINUTE, loss: 0.01 });
    assert.equal(score.falseDepartures, 0);
    const left = score.events.find(({ kind }) => kind === 'device.left');
    assert.ok(left, `seed ${seed}: it was never missed`);
    delays.push(left.at - gone);
  }
  t.diagnostic(`slowest ${(Math.max(...delays) / 1000).toFixed(0)} s, quickest ${(Math.min(...delays) / 1000).toFixed(0)} s`);
  assert.ok(Math.max(...delays) <= 4 * MINUTE, `slowest: ${Math.max(...delays) / 1000} s`);
  assert.ok(Math.min(...delays) > MINUTE, 'one missed probe is never enough');
});

test('R42: 254 hosts lost at once are one incident, and their coming back is one too', async () => {
  for (const [seed, length, days] of [
    [1, 10 * MINUTE, 2],
    [2, 3 * HOUR, 2],
    [3, 26 * HOUR, 3],
  ] as const) {
    const troubles = [{ kind: 'lost', from: NOON, to: NOON + length }] as const;
    const score = await judged(lan(255, days), { seed, days, every: 5 * MINUTE, loss: 0.05, troubles }, START + DAY);
    assert.deepEqual(score.counts, { 'segment.lost': 1, 'segment.restored': 1 }, `seed ${seed}`);
    const [lost, restored] = score.events;
    assert.ok(lost && lost.at - NOON <= 10 * MINUTE, 'told by the second look');
    assert.ok(restored && restored.at - (NOON + length) <= 5 * MINUTE + 5000);
  }
});

test('R42: who does not come back after an outage is missed then, one by one', async () => {
  const units = [...lan(40, 3), ...[61, 62, 63].map((n) => wired(n, 3, [[START - DAY, NOON + 5 * MINUTE]]))];
  const troubles = [{ kind: 'lost', from: NOON, to: NOON + HOUR }] as const;
  const score = await judged(units, { seed: 4, days: 3, every: MINUTE, loss: 0.01, troubles }, START + DAY);
  assert.deepEqual(score.counts, { 'segment.lost': 1, 'segment.restored': 1, 'device.left': 3 });
  const left = score.events.filter(({ kind }) => kind === 'device.left');
  assert.ok(left.every(({ at }) => at > NOON + HOUR + 2 * MINUTE && at <= NOON + HOUR + 5 * MINUTE));
});

test('ten days in a home: what is told is true, what lasted was told, and one miss is no way to live', async (t) => {
  const watch = { seed: 5, days: 10, every: MINUTE, loss: 0.05 };
  const [learned, fixed, eager] = (await play(home(10, 5), watch, [await rollcall(watch), oldSystem(), oneMiss()], START + DAY)) as [
    Score,
    Score,
    Score,
  ];
  for (const score of [learned, fixed, eager]) t.diagnostic(lineOf(score));
  assert.ok(learned.departures.recall >= 0.95 && learned.arrivals.recall >= 0.95, lineOf(learned));
  assert.ok(learned.departures.precision >= 0.99 && learned.arrivals.precision >= 0.99, lineOf(learned));
  assert.ok(learned.falseDepartures <= fixed.falseDepartures);
  assert.ok(eager.falseDepartures > 1000);
  assert.equal(countOf(learned, 'segment.lost'), 0, 'a family that goes out is no outage');
});

test('a week in an office: people go home by the dozen, and that is no outage', async (t) => {
  const watch = { seed: 6, days: 7, every: 5 * MINUTE, loss: 0.05 };
  const [learned, fixed] = (await play(office(7, 6), watch, [await rollcall(watch), oldSystem()])) as [Score, Score];
  for (const score of [learned, fixed]) t.diagnostic(lineOf(score));
  assert.ok(learned.departures.recall >= 0.95 && learned.departures.precision >= 0.95, lineOf(learned));
  assert.ok(learned.departures.medianDelay < fixed.departures.medianDelay);
  assert.equal(countOf(learned, 'segment.lost'), 0);
});

test('the same seed is the same trace, another is another', async () => {
  const told = async (seed: number): Promise<string> => {
    const watch = { seed, days: 2, every: 5 * MINUTE, loss: 0.2 };
    return JSON.stringify((await judged(home(2, seed), watch)).events);
  };
  assert.equal(await told(1), await told(1));
  assert.notEqual(await told(1), await told(2));
});
