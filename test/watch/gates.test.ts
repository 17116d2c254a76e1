import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { heard, ScriptedListener } from './scripted-listener.ts';
import { declared, every, LAN, presence, type Stand, silent, stand, told, watching } from './stand.ts';

const config = watching(declared(LAN, every(MINUTE)));
const home = (count: number): Observation[] => Array.from({ length: count }, (_, n) => seen(`10.0.0.${n + 1}`, n + 1));
const kindsOf = async (house: Pick<Stand, 'store'>): Promise<string[]> => [
  ...new Set((await told(house)).map((one) => one.split(' ')[0] as string)),
];
const count = async (house: Pick<Stand, 'store'>, kind: string): Promise<number> =>
  (await told(house)).filter((one) => one.startsWith(kind)).length;

/** A house whose devices were seen for an hour, each minute. */
async function settled(hosts: () => readonly Observation[], more: Parameters<typeof stand>[0] = {}): Promise<Stand> {
  const house = await stand({ config, script: () => ({ hosts: hosts() }), ...more });
  await house.clock.pass(HOUR);
  return house;
}

test('R42: 254 hosts lost are one incident: presence is frozen, and it resolves by itself without a word about each', async () => {
  let hosts = home(254);
  const house = await settled(() => hosts);
  hosts = home(1);
  await house.clock.pass(2 * MINUTE + 10_000);
  assert.deepEqual(await kindsOf(house), ['device.appeared', 'segment.lost']);
  await house.clock.pass(5 * HOUR);
  assert.deepEqual(await kindsOf(house), ['device.appeared', 'segment.lost']);
  assert.equal(house.keeper.roll().devices.filter(({ presence: is }) => is === 'away').length, 0);
  assert.match(house.keeper.status().troubles.join(), /253 of 25[34] devices of 10\.0\.0\.0\/24 fell silent/);
  hosts = home(254);
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual(await kindsOf(house), ['device.appeared', 'segment.lost', 'segment.restored']);
  assert.deepEqual([await count(house, 'segment.lost'), await count(house, 'segment.restored')], [1, 1]);
  assert.deepEqual(house.keeper.status().troubles, []);
  await house.end();
});

test('R42: an outage outlives the process that told of it, and is not told again', async () => {
  let hosts = home(30);
  const first = await settled(() => hosts);
  hosts = home(1);
  await first.clock.pass(10 * MINUTE);
  await first.end();
  const second = await stand({ config, store: first.store, clock: first.clock, script: () => ({ hosts }) });
  await second.clock.pass(3 * HOUR);
  assert.deepEqual(await kindsOf(second), ['device.appeared', 'segment.lost']);
  assert.equal(await count(second, 'segment.lost'), 1);
  await second.end();
});

test('R42: no look of another kind, nor one by hand, ends the freeze', async () => {
  let hosts = home(80);
  const plans = watching(declared(LAN, every(MINUTE), every(2 * HOUR, 'ports'), every(3 * HOUR, 'services')));
  const house = await settled(() => hosts, { config: plans });
  await house.clock.pass(2 * HOUR);
  hosts = home(1);
  await house.clock.pass(3 * MINUTE);
  for (let hour = 0; hour < 4; hour++) {
    await house.clock.pass(HOUR);
    const { done } = await house.keeper.startScan({ targets: [LAN], plan: hour % 2 === 0 ? 'sweep' : 'ports' });
    await house.clock.pass(MINUTE);
    await done;
  }
  assert.ok(house.prober.asked.some((look) => look.startsWith('ports')));
  assert.deepEqual(await kindsOf(house), ['device.appeared', 'segment.lost']);
  assert.equal(house.keeper.roll().devices.filter(({ presence: is }) => is === 'away').length, 0);
  await house.end();
});

test('R42: a network that only other plans look at is frozen by them', async () => {
  let hosts = home(80);
  const house = await stand({ config: watching(declared(LAN, every(HOUR, 'ports'))), script: () => ({ hosts }) });
  await house.clock.pass(5 * HOUR);
  hosts = home(1);
  await house.clock.pass(12 * HOUR);
  assert.deepEqual(await kindsOf(house), ['device.appeared', 'segment.lost']);
  await house.end();
});

test('R42: hardware addresses that were only heard are no part of an outage', async () => {
  const listener = new ScriptedListener();
  let hosts = home(12);
  const house = await settled(() => hosts, { listener });
  for (let n = 0; n < 20; n++) listener.hear(heard(`10.0.0.${100 + n}`, 2000 + n, { at: house.clock.now() }));
  hosts = home(11);
  await house.clock.pass(6 * HOUR);
  assert.equal(await count(house, 'segment.lost'), 0);
  assert.equal(await count(house, 'device.left 12'), 1);
  await house.end();
});

test('R34, R35: time in which nobody watched does not end a freeze', async () => {
  let hosts = home(20);
  const first = await settled(() => hosts);
  hosts = home(5);
  await first.clock.pass(10 * MINUTE);
  await first.end();
  first.clock.set(80 * HOUR);
  const second = await stand({ config, store: first.store, clock: first.clock, script: () => ({ hosts }) });
  await second.clock.pass(2 * HOUR);
  assert.deepEqual(await kindsOf(second), ['device.appeared', 'segment.lost']);
  await second.end();
});

test('R42: an outage that begins while the daemon starts anew is one, too', async () => {
  let hosts = home(20);
  const first = await settled(() => hosts);
  await first.end();
  hosts = home(1);
  const second = await stand({ config, store: first.store, clock: first.clock, script: () => ({ hosts }) });
  await second.clock.pass(2 * HOUR);
  assert.deepEqual(await kindsOf(second), ['device.appeared', 'segment.lost']);
  await second.end();
});

test('S9: a network that only its ports are asked of is known by that, and its strangers are held as well', async () => {
  const listener = new ScriptedListener();
  const plans = watching(declared(LAN, every(HOUR, 'ports')));
  const house = await stand({ config: plans, listener, script: () => ({ hosts: home(5) }) });
  await house.clock.pass(2 * HOUR);
  for (let n = 0; n < 300; n++) listener.hear(heard(`10.0.0.${50 + (n % 200)}`, 2000 + n));
  await house.clock.pass(MINUTE);
  assert.equal(await count(house, 'storm.began'), 1);
  await house.end();
});

test('what stood still in a network is forgotten when nobody watches it any more', async () => {
  let hosts = home(30);
  const house = await settled(() => hosts, { config: watching() });
  await house.keeper.watch({ target: LAN, schedule: [every(MINUTE)] });
  await house.clock.pass(HOUR);
  hosts = home(1);
  await house.clock.pass(10 * MINUTE);
  assert.equal(house.keeper.status().troubles.length, 1);
  await house.keeper.unwatch(LAN);
  assert.deepEqual(house.keeper.status().troubles, []);
  await house.end();
});

test('a family that goes out together is no outage', async () => {
  let hosts = home(5);
  const house = await settled(() => hosts);
  hosts = home(3);
  await house.clock.pass(HOUR); // made-up MACs may be phones: they are given time
  assert.deepEqual((await told(house)).slice(5).sort(), ['device.left 4', 'device.left 5']);
  await house.end();
});

test('R38: a device that comes and goes all the time is told to flap once, and to be stable once', async () => {
  let hosts = home(2);
  const house = await settled(() => hosts, { config: { ...config, presence: { ...silent.presence, tolerance: 'fixed', window: 0 } } });
  for (let turn = 0; turn < 40; turn++) {
    hosts = home(turn % 2 === 0 ? 1 : 2);
    await house.clock.pass(2 * MINUTE);
  }
  hosts = home(2);
  await house.clock.pass(2 * HOUR);
  const [left, flaps, stable] = [
    await count(house, 'device.left 2'),
    await count(house, 'device.flapping'),
    await count(house, 'device.stable'),
  ];
  assert.ok(left <= 3, `${left} times told to have left`);
  assert.deepEqual([flaps, stable], [1, 1]);
  assert.deepEqual(presence(house), ['1 present', '2 present']);
  await house.end();
});

test('R41, S7: made-up MACs by the hundred, scan after scan, are one storm and next to no devices', async () => {
  let made = 0;
  let hosts = home(5);
  const flood = (): Observation[] => Array.from({ length: 200 }, (_, n) => seen(`10.0.0.${n + 20}`, 1000 + (made++ % 60_000)));
  const house = await settled(() => hosts);
  for (let n = 0; n < 60; n++) {
    hosts = [...home(5), ...flood()];
    await house.clock.pass(MINUTE);
  }
  assert.equal(await count(house, 'storm.began'), 1);
  assert.ok(house.keeper.roll().devices.length <= 45, `${house.keeper.roll().devices.length} devices`);
  assert.deepEqual(presence(house).slice(0, 5), ['1 present', '2 present', '3 present', '4 present', '5 present']);
  hosts = home(5);
  await house.clock.pass(HOUR);
  assert.equal(await count(house, 'storm.ended'), 1);
  await house.end();
});

test('S9: a storm on the wire is held back as one of sweeps is', async () => {
  const listener = new ScriptedListener();
  const house = await settled(() => home(5), { listener });
  for (let n = 0; n < 300; n++) listener.hear(heard(`10.0.0.${50 + (n % 200)}`, 2000 + n));
  await house.clock.pass(MINUTE);
  assert.equal(await count(house, 'storm.began'), 1);
  assert.ok(house.keeper.roll().devices.length <= 45);
  await house.end();
});

test('S9: so is one at IPv6 addresses, which no target names', async () => {
  const listener = new ScriptedListener();
  const house = await settled(() => home(5), { listener });
  for (let n = 0; n < 1000; n++) listener.hear(heard(`fe80::${(n + 1).toString(16)}`, 2000 + n, { way: 'neighbour' }));
  await house.clock.pass(MINUTE);
  assert.equal(await count(house, 'storm.began'), 1);
  assert.match(house.keeper.status().troubles.join(), /strangers in 10\.0\.0\.0\/24 are held back/);
  assert.ok(house.keeper.roll().devices.length <= 45, `${house.keeper.roll().devices.length} devices`);
  await house.end();
});

test('S9: a network is known also after a daemon that was stopped while it looked', async () => {
  const first = await settled(() => home(5));
  first.prober.script = () => ({ hosts: home(5), takes: 50_000 });
  await first.clock.pass(MINUTE + 10_000);
  await first.end();
  const [newest] = await first.store.scans({ limit: 1 });
  assert.equal(newest?.outcome, 'cancelled');
  const flood = [...home(5), ...Array.from({ length: 200 }, (_, n) => seen(`10.0.0.${n + 20}`, 1000 + n))];
  const second = await stand({ config, store: first.store, clock: first.clock, script: () => ({ hosts: flood }) });
  await second.clock.pass(5 * MINUTE);
  assert.equal(await count(second, 'storm.began'), 1);
  assert.equal(second.keeper.roll().devices.length, 5);
  await second.end();
});

test('R40: another MAC at the gateway is told loudly, and two devices at one address once', async () => {
  const gateway = seen('10.0.0.254', 254);
  let hosts = [...home(5), gateway];
  const house = await settled(() => hosts);
  hosts = [...home(5), seen('10.0.0.254', 253)];
  await house.clock.pass(10 * MINUTE);
  assert.equal(await count(house, 'gateway.changed'), 1);
  hosts = [...hosts, seen('10.0.0.3', 77)];
  await house.clock.pass(30 * MINUTE);
  assert.equal(await count(house, 'address.conflict'), 1);
  await house.end();
});

test('R40: hundreds that claim the gateway are one story, and cost few commits', async () => {
  const listener = new ScriptedListener();
  const gateway = seen('10.0.0.254', 254);
  const house = await settled(() => [...home(5), gateway], { listener });
  for (let n = 0; n < 500; n++) {
    listener.hear(heard('10.0.0.254', 3000 + n, { at: house.clock.now() }));
    await house.clock.pass(200);
  }
  const told = await count(house, 'gateway.changed');
  assert.ok(told >= 2 && told <= 6, `${told} changes`);
  const commits = (await house.keeper.scans({ limit: 1000 })).filter(({ plan }) => plan === 'listen').length;
  assert.ok(commits <= 60, `${commits} commits`);
  await house.end();
});

test('R42: merging those who are lost is not told as their answering again', async () => {
  let hosts = home(25);
  const house = await settled(() => hosts);
  hosts = home(1);
  await house.clock.pass(5 * MINUTE);
  const lost = house.keeper.roll().devices.filter(({ macs }) => macs[0]?.mac !== hosts[0]?.mac);
  for (let n = 0; n + 1 < lost.length; n += 2) await house.keeper.mergeDevices({ keep: lost[n]?.id ?? 0, absorb: [lost[n + 1]?.id ?? 0] });
  await house.clock.pass(30 * MINUTE);
  assert.deepEqual([await count(house, 'segment.lost'), await count(house, 'segment.restored')], [1, 0]);
  hosts = home(25);
  await house.clock.pass(5 * MINUTE);
  assert.deepEqual([await count(house, 'segment.lost'), await count(house, 'segment.restored')], [1, 1]);
  await house.end();
});
