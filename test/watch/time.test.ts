import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR, MINUTE, seen } from '../make/device.ts';
import type { Answer, Script } from './scripted-prober.ts';
import { daily, declared, every, LAN, presence, type Stand, stand, told, watching } from './stand.ts';

const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const all = [seen('10.0.0.1', 1), seen('10.0.0.2', 2), seen('10.0.0.3', 3)];
const config = watching(declared(LAN, every(MINUTE)));
const ARRIVALS = ['device.appeared 1', 'device.appeared 2', 'device.appeared 3'];

/** Sees everybody, but from the first look after `since` on somebody keeps quiet. */
const quietSince =
  (hosts: () => typeof all): Script =>
  () => ({ hosts: hosts() });

/** A stand that has watched three devices for an hour. */
async function watched(script: Script = () => ({ hosts: all }), more = config): Promise<Stand> {
  const built = await stand({ config: more, script });
  await built.clock.pass(HOUR);
  return built;
}

const endingAfter = ({ prober }: Stand, moment: number): number => prober.looks.filter(({ startedAt }) => startedAt >= moment).length;

test('R34: after a suspend of 8 hours one scan catches up within 15 seconds, and nobody has left', async () => {
  let hosts = all;
  const house = await watched(quietSince(() => hosts));
  const { clock, prober, log } = house;
  hosts = all.slice(0, 1);
  clock.suspend(8 * HOUR);
  assert.deepEqual(presence(house), ['1 unknown', '2 unknown', '3 unknown']);
  const woke = clock.now();
  await clock.pass(15_000);
  assert.equal(endingAfter(house, woke), 1);
  assert.ok(log.lines.some((line) => line.startsWith('time passed unwatched')));
  await clock.pass(30 * MINUTE);
  assert.deepEqual(await told(house), ARRIVALS);
  assert.deepEqual(presence(house), ['1 present', '2 unknown', '3 unknown']);
  await clock.pass(16 * MINUTE);
  assert.deepEqual(await told(house), [...ARRIVALS, 'device.left 2', 'device.left 3']);
  assert.equal(prober.most, 1);
  await house.end();
});

test('R34: a process that was stopped for 8 hours (SIGSTOP) comes back the same way', async () => {
  let hosts = all;
  const house = await watched(quietSince(() => hosts));
  hosts = [];
  await house.clock.stopProcess(8 * HOUR);
  const woke = house.clock.now();
  await house.clock.pass(15_000);
  assert.equal(endingAfter(house, woke), 1);
  await house.clock.pass(30 * MINUTE);
  assert.deepEqual(await told(house), ARRIVALS);
  await house.end();
});

for (const sleep of ['suspend', 'stopProcess'] as const) {
  test(`R34: a scan that the ${sleep} cut in two cannot make anybody leave, though it ends before the schedule wakes`, async () => {
    let answer: Answer = { hosts: all };
    const house = await watched(() => answer);
    answer = { hosts: [], takes: 3000 };
    const { clock, prober } = house;
    for (const looks = prober.looks.length; prober.looks.length === looks; ) await clock.pass(500);
    await clock.pass(2500);
    await clock[sleep](8 * HOUR);
    await clock.pass(MINUTE);
    assert.deepEqual(await told(house), ARRIVALS);
    const scans = await house.keeper.scans({ limit: 100 });
    assert.ok(scans.every(({ startedAt, finishedAt }) => (finishedAt ?? 0) - startedAt <= 8 * HOUR + 3000));
    await house.end();
  });
}

test('R34: a lid closed for twenty seconds does not start plans that are not due', async () => {
  const house = await watched(() => ({ hosts: all }), watching(declared(LAN, every(MINUTE), every(7 * DAY, 'deep'))));
  const deep = (): number => house.prober.looks.filter(({ plan }) => plan === 'deep').length;
  const before = deep();
  assert.equal(before, 1);
  for (let lid = 0; lid < 5; lid++) {
    house.clock.suspend(20_000);
    await house.clock.pass(MINUTE);
  }
  assert.equal(deep(), before);
  await house.end();
});

test('R34: a night job that was slept through is made up for once', async () => {
  const house = await watched(() => ({ hosts: all }), watching(declared(LAN, daily('0 10 * * *'))));
  assert.equal(house.prober.looks.length, 1);
  house.clock.suspend(6 * HOUR);
  await house.clock.pass(10_000);
  assert.equal(house.prober.looks.length, 2);
  await house.clock.pass(15 * HOUR);
  assert.equal(house.prober.looks.length, 2);
  await house.clock.pass(4 * HOUR);
  assert.equal(house.prober.looks.length, 3);
  await house.end();
});

test('R35: after three days off nobody has left until watched for the whole window', async () => {
  const before = await watched();
  await before.end();
  before.clock.set(3 * DAY);
  const house = await stand({ config, store: before.store, clock: before.clock, script: () => ({ hosts: all.slice(0, 1) }) });
  assert.deepEqual(presence(house), ['1 unknown', '2 unknown', '3 unknown']);
  await house.clock.pass(40 * MINUTE);
  assert.deepEqual(await told(house), ARRIVALS);
  assert.deepEqual(presence(house), ['1 present', '2 unknown', '3 unknown']);
  await house.clock.pass(10 * MINUTE);
  assert.deepEqual(await told(house), [...ARRIVALS, 'device.left 2', 'device.left 3']);
  await house.end();
});

for (const [name, step] of Object.entries({ '+1 year': YEAR, '-1 year': -YEAR, '+1 hour': HOUR, '-1 hour': -HOUR })) {
  test(`R32: a clock set by ${name} makes nobody leave, and the schedule goes on`, async () => {
    let hosts = all;
    const house = await watched(quietSince(() => hosts));
    const { clock, prober } = house;
    hosts = all.slice(0, 2);
    clock.set(step);
    const looks = prober.looks.length;
    await clock.pass(30 * MINUTE);
    assert.ok(prober.looks.length - looks >= 30 && prober.looks.length - looks <= 32, `${prober.looks.length - looks} looks`);
    assert.deepEqual(await told(house), ARRIVALS);
    await clock.pass(20 * MINUTE);
    assert.deepEqual(await told(house), [...ARRIVALS, 'device.left 3']);
    assert.deepEqual(presence(house), ['1 present', '2 present', '3 away']);
    hosts = all;
    clock.set(-step);
    await clock.pass(2 * MINUTE);
    assert.deepEqual(await told(house), [...ARRIVALS, 'device.left 3', 'device.returned 3']);
    assert.deepEqual(presence(house), ['1 present', '2 present', '3 present']);
    const devices = await house.store.load('home');
    assert.ok(devices.devices.every(({ lastSeen }) => lastSeen <= clock.now()));
    await house.end();
  });

  test(`R32: a clock set by ${name} in the middle of a scan does not change how long it took`, async () => {
    const house = await stand({ config, script: () => ({ hosts: all, takes: 20_000 }) });
    await house.clock.pass(10_000);
    house.clock.set(step);
    await house.clock.pass(10_000);
    const scan = (await house.keeper.scans({ limit: 9 })).at(-1);
    assert.equal((scan?.finishedAt ?? 0) - (scan?.startedAt ?? 0), 20_000);
    assert.equal(scan?.finishedAt, house.clock.now());
    await house.end();
  });
}

test('R32: a clock that was wrong while the store was written is no reason to wait or to refuse a report', async () => {
  const before = await watched();
  await before.end();
  before.clock.set(-YEAR);
  const house = await stand({ config, store: before.store, clock: before.clock, script: () => ({ hosts: all }) });
  house.reader.queue.push({ observations: all });
  const { scan } = await house.keeper.ingest({ bytes: (async function* () {})(), name: 'stdin', covers: [] });
  assert.equal(scan.outcome, 'complete');
  await house.clock.pass(5 * MINUTE);
  assert.ok(house.prober.looks.length >= 4, `${house.prober.looks.length} looks`);
  assert.deepEqual(await told(house), ARRIVALS);
  await house.end();
});

test('changes keep the order of their numbers, whatever the clock says', async () => {
  let hosts = all.slice(0, 1);
  const house = await stand({ config, script: () => ({ hosts }) });
  await house.clock.pass(MINUTE);
  house.clock.set(-YEAR);
  hosts = all.slice(0, 2);
  await house.clock.pass(2 * MINUTE);
  house.clock.set(2 * YEAR);
  hosts = all;
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual(await told(house), ARRIVALS);
  const changes = await house.keeper.changes({ limit: 10, kinds: ['device.appeared'] });
  assert.deepEqual(
    changes.map(({ at }) => Math.round((at - AT) / YEAR)),
    [0, -1, 1],
  );
  await house.end();
});
