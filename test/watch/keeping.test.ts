import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { settle } from './manual-clock.ts';
import { daily, declared, every, LAN, presence, silent, stand, told, watching } from './stand.ts';

const all = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
const twoHosts = () => ({ hosts: all });
const unwatched = { config: { self: { watch: false } } };
const sweep = { targets: [LAN], plan: 'sweep' } as const;

/** A store that refuses what a test tells it to. */
async function refusingStore(): Promise<{ store: Store; refuse: { begin?: boolean; commit?: boolean } }> {
  const memory = await openStore({ kind: 'memory' });
  const refuse: { begin?: boolean; commit?: boolean } = {};
  const full = (): never => {
    throw new Fault('unavailable', 'writing to store: the disk is full', 'free some space');
  };
  const store: Store = {
    ...memory,
    beginScan: async (scan, lease) => (refuse.begin ? full() : memory.beginScan(scan, lease)),
    commit: async (work, lease) => (refuse.commit ? full() : memory.commit(work, lease)),
  };
  return { store, refuse };
}

for (const step of ['begin', 'commit'] as const) {
  test(`R22: a disk that is full at the ${step} of a scan is told, and the next scan recovers by itself`, async () => {
    const { store, refuse } = await refusingStore();
    let hosts = all;
    const house = await stand({ config: watching(declared(LAN, every(MINUTE))), store, script: () => ({ hosts }) });
    await house.clock.pass(10_000);
    const before = house.keeper.roll();
    refuse[step] = true;
    hosts = [...all, seen('10.0.0.3', 3)];
    await house.clock.pass(5 * MINUTE);
    assert.deepEqual(house.keeper.roll(), before);
    assert.deepEqual(house.keeper.status().troubles, ['cannot keep scans: writing to store: the disk is full']);
    assert.deepEqual(house.keeper.status().running, []);
    const refused = house.keeper.startScan(sweep).then(async ({ done }) => done);
    await Promise.all([assert.rejects(refused, /the disk is full/), house.clock.pass(5000)]);
    refuse[step] = false;
    await house.clock.pass(2 * MINUTE);
    assert.deepEqual(house.keeper.status().troubles, []);
    assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2', 'device.appeared 3']);
    await house.end();
  });
}

test('R30: a second keeper is refused with the name of the first, and may look', async () => {
  const first = await stand({ config: watching(declared(LAN, every(MINUTE))), script: twoHosts, holder: { pid: 4711, host: 'cellar' } });
  await first.clock.pass(10_000);
  const second = await stand({ ...unwatched, store: first.store, clock: first.clock, idle: true });
  assert.deepEqual(presence(second), ['1 present', '2 present']);
  const held = (fault: unknown): boolean =>
    fault instanceof Fault && fault.code === 'conflict' && /process 4711 on cellar/.test(fault.message);
  await assert.rejects(
    second.watcher.start(() => {}),
    held,
  );
  await assert.rejects(second.keeper.startScan(sweep), held);
  await assert.rejects(second.keeper.watch({ target: '10.0.0.1', schedule: [] }), held);
  await second.watcher.stop();
  await first.clock.pass(2 * MINUTE);
  assert.equal(first.lost(), false);
  await first.end();
});

test('R30: a holder that is known to be dead is not waited for, and its scans end as failed', async () => {
  const dead = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ takes: 30_000 }) });
  await dead.clock.pass(5000);
  const next = await stand({ ...unwatched, store: dead.store, clock: dead.clock, isGone: ({ id }) => id.startsWith('holder') });
  const [left] = await next.keeper.scans({ limit: 1 });
  assert.deepEqual([left?.outcome, left?.cause?.code], ['failed', 'daemon-died']);
  await next.clock.pass(10_000);
  assert.equal(dead.lost(), true);
  await next.end().catch(() => {}); // the dead one still sleeps here
  await dead.watcher.stop();
});

test('R30: who was stopped for five minutes finds the store taken, is told, and writes nothing more', async () => {
  const first = await stand({ config: watching(declared(LAN, every(MINUTE))), script: twoHosts });
  await first.clock.pass(2 * MINUTE);
  const scans = (await first.store.scans({ limit: 100 })).length;
  // The second one lives on a clock of its own, since the first one's stands still.
  first.clock.set(5 * MINUTE);
  const second = await stand({ ...unwatched, store: first.store, clock: first.clock, idle: true });
  await second.watcher.claim();
  assert.equal(first.lost(), false);
  await first.clock.pass(MINUTE);
  assert.equal(first.lost(), true);
  assert.match(first.keeper.status().troubles[0] ?? '', /no longer ours/);
  assert.equal((await first.store.scans({ limit: 100 })).length, scans);
  await first.watcher.stop();
  await second.watcher.stop();
});

test('whoever gets the store folds into what it holds then, not into what it held when it was opened', async () => {
  const early = await stand({ ...unwatched, idle: true });
  const other = await stand({ ...unwatched, store: early.store, clock: early.clock, script: twoHosts, idle: true });
  const { done } = await other.keeper.startScan(sweep);
  await other.clock.pass(2000);
  await done;
  await other.keeper.watch({ target: '10.0.0.9', schedule: [every(HOUR)] });
  await other.watcher.stop();
  assert.deepEqual(presence(early), []);
  early.reader.queue.push({ observations: [seen('10.0.0.3', 3), ...all] });
  const { changes } = await early.keeper.ingest({ bytes: (async function* () {})(), name: 'stdin', covers: [] });
  assert.deepEqual(
    changes.map(({ kind, device }) => `${kind} ${device}`),
    ['device.appeared 3'],
  );
  assert.deepEqual(presence(early), ['1 present', '2 present', '3 present']);
  assert.equal(early.keeper.targets().length, 1);
  await early.end();
});

test('the store is held as long as a scan takes, also without a daemon', async () => {
  const house = await stand({ ...unwatched, idle: true, script: () => ({ hosts: all, takes: 10 * MINUTE }) });
  const { done } = await house.keeper.startScan(sweep);
  await house.clock.pass(9 * MINUTE);
  const other = await stand({ ...unwatched, store: house.store, clock: house.clock, idle: true });
  await assert.rejects(other.watcher.claim(), /has held it since/);
  await other.watcher.stop();
  await house.clock.pass(MINUTE);
  assert.equal((await done).scan.outcome, 'complete');
  await house.end();
});

test('the first run watches this machine, once: not again after it was unwatched', async () => {
  const first = await stand({ script: () => ({ hosts: [seen('127.0.0.1')] }) });
  assert.deepEqual(
    first.keeper.targets().map(({ target }) => [target.spec.text, target.source]),
    [['127.0.0.1', 'self']],
  );
  await first.clock.pass(10_000);
  assert.deepEqual(first.prober.asked, ['ports 127.0.0.1']);
  await first.keeper.unwatch('127.0.0.1');
  await first.end();
  const second = await stand({ store: first.store, clock: first.clock });
  assert.deepEqual(second.keeper.targets(), []);
  await second.end();
});

test('the first run watches this machine beside what the config names, unless it says not to', async () => {
  const targets = [declared(LAN, every(MINUTE))];
  const beside = await stand({ config: { targets }, script: () => ({}) });
  assert.deepEqual(
    beside.keeper.targets().map(({ target }) => target.spec.text),
    [LAN, '127.0.0.1'],
  );
  await beside.end();
  const not = await stand({ config: { targets, self: { watch: false } }, script: () => ({}) });
  assert.equal(not.keeper.targets().length, 1);
  await not.end();
  const itself = await stand({ config: { targets: [declared('127.0.0.1', every(HOUR, 'ports'))] }, script: () => ({}) });
  assert.deepEqual(
    itself.keeper.targets().map(({ target }) => target.source),
    ['config'],
  );
  await itself.end();
});

test('looking at a store takes and writes nothing, whatever the config declares', async () => {
  const house = await stand({ config: { targets: [declared(LAN)] }, idle: true });
  assert.deepEqual([house.keeper.targets(), await house.store.targets('home')], [[], []]);
  const other = await stand({ ...unwatched, store: house.store, clock: house.clock });
  await other.end();
  await house.end();
});

test('a reload adds, changes and removes what the config declares, and only that', async () => {
  const config = watching(declared(LAN, every(MINUTE)), declared('10.0.0.1', every(HOUR)));
  const house = await stand({ config, script: () => twoHosts() });
  await house.keeper.watch({ target: '10.0.0.9', schedule: [every(HOUR)] });
  await house.clock.pass(10_000);
  const ids = house.keeper.targets().map(({ target }) => target.id);
  await house.watcher.reload({ ...silent, ...watching(declared(LAN, every(5 * MINUTE)), declared('10.0.0.2', every(HOUR))) });
  const targets = house.keeper.targets().map(({ target }) => [target.spec.text, target.source]);
  assert.deepEqual(targets, [
    [LAN, 'config'],
    ['10.0.0.9', 'user'],
    ['10.0.0.2', 'config'],
  ]);
  assert.equal(house.keeper.targets()[0]?.target.id, ids[0]);
  const looks = house.prober.looks.length;
  await house.clock.pass(4000);
  assert.deepEqual(house.prober.asked.slice(looks), ['sweep 10.0.0.2']);
  await house.end();
});

test('a target that a reload removes is not looked at any longer', async () => {
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ takes: HOUR }) });
  await house.clock.pass(1000);
  await house.watcher.reload({ ...silent, ...watching() });
  await house.clock.pass(1000);
  const [scan] = await house.keeper.scans({ limit: 1 });
  assert.equal(scan?.outcome, 'cancelled');
  await house.end();
});

test('what the config declares is read-only beside it', async () => {
  const house = await stand({ config: watching(declared(LAN, every(HOUR))), script: twoHosts });
  const refused = (fault: unknown): boolean =>
    fault instanceof Fault && fault.code === 'refused' && /config file declares it/.test(fault.message);
  await assert.rejects(house.keeper.watch({ target: LAN, schedule: [every(MINUTE)] }), refused);
  await assert.rejects(house.keeper.unwatch(LAN), refused);
  await assert.rejects(house.keeper.unwatch('1'), refused);
  await assert.rejects(house.keeper.unwatch('10.9.9.9'), /it is not watched/);
  await house.end();
});

test('what could never be scanned cannot be watched', async () => {
  const house = await stand(unwatched);
  const request = { target: LAN, schedule: [] };
  await assert.rejects(house.keeper.watch({ ...request, target: '8.8.8.8' }), /watching 8\.8\.8\.8: .*neither private/);
  await assert.rejects(house.keeper.watch({ ...request, target: '10.0.0.0/33' }), /longer than/);
  await assert.rejects(house.keeper.watch({ ...request, schedule: [every(9999)] }), /shorter than a scan/);
  await assert.rejects(house.keeper.watch({ ...request, schedule: [daily('61 * * * *')] }), /reading cron line/);
  await assert.rejects(house.keeper.watch({ ...request, schedule: [daily('0 3 30 2 *')] }), /no month has/);
  assert.deepEqual(house.keeper.targets(), []);
  await house.end();
});

test('the usual schedule follows from where a target lies', async () => {
  const house = await stand({ ...unwatched, script: () => ({}) });
  const usual = async (target: string): Promise<string[]> =>
    (await house.keeper.watch({ target, schedule: [] })).schedule.map(({ plan, cadence }) =>
      cadence.kind === 'every' ? `${plan} ${cadence.every / MINUTE}m` : `${plan} ${cadence.cron}`,
    );
  assert.deepEqual(await usual(LAN), ['sweep 1m', 'ports 0 3 * * *']);
  assert.deepEqual(await usual('10.9.0.0/24'), ['sweep 5m', 'ports 0 3 * * *']);
  assert.deepEqual(await usual('127.0.0.2'), ['ports 5m']);
  assert.deepEqual(
    house.keeper.networks().map(({ block, watched }) => [block, watched]),
    [
      [LAN, true],
      ['127.0.0.0/8', false],
    ],
  );
  await house.end();
});

test('a listener that throws disturbs neither the others nor the scan, and one that left hears no more', async () => {
  const house = await stand({ ...unwatched, script: twoHosts });
  house.keeper.subscribe(() => {
    throw new Error('slow reader');
  });
  const heard: string[] = [];
  const leave = house.keeper.subscribe(({ kind }) => void heard.push(kind));
  const { done } = await house.keeper.startScan(sweep);
  await house.clock.pass(2000);
  assert.equal((await done).scan.outcome, 'complete');
  assert.deepEqual(heard, ['scan.started', 'scan.host', 'scan.host', 'commit']);
  leave();
  await house.keeper.watch({ target: LAN, schedule: [every(HOUR)] });
  await settle();
  assert.equal(heard.length, 4);
  assert.ok(house.log.lines.filter((line) => line.startsWith('a listener failed')).length >= 4);
  await house.clock.pass(3000);
  await house.end();
});
