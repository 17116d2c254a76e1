import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { AT, HOUR, MINUTE, seen } from '../make/device.ts';
import { ManualClock } from './manual-clock.ts';
import { declared, every, LAN, silent, stand, watching } from './stand.ts';

const all = [seen('10.0.0.1', 1)];
const unwatched = { config: { self: { watch: false } } };
const sweep = { targets: [LAN], plan: 'sweep' } as const;

/** A store whose writes take a second each, and that will not be closed, or the lease given back, in the middle of one. */
async function slowStore(clock: ManualClock): Promise<Store> {
  const memory = await openStore({ kind: 'memory' });
  let writing = 0;
  const slowly = async <T>(write: () => Promise<T>): Promise<T> => {
    writing++;
    await clock.sleep(1000);
    return write().finally(() => writing--);
  };
  return {
    ...memory,
    beginScan: (scan, lease) => slowly(async () => memory.beginScan(scan, lease)),
    commit: (work, lease) => slowly(async () => memory.commit(work, lease)),
    prune: (retention, now, lease) => slowly(async () => memory.prune(retention, now, lease)),
    renewLease: (holder, now, ttl) => slowly(async () => memory.renewLease(holder, now, ttl)),
    releaseLease: async (holder) => {
      assert.equal(writing, 0);
      return memory.releaseLease(holder);
    },
    close: async () => assert.equal(writing, 0),
  };
}

test('R15: a daemon that stops lets the store end what it writes: beginnings, commits, housekeeping, the lease', async () => {
  for (const moment of [0, 500, 1500, 3500, 5500, HOUR + 500]) {
    const clock = new ManualClock(AT);
    const store = await slowStore(clock);
    const house = await stand({ ...unwatched, clock, store, script: () => ({ hosts: all, takes: 2000 }) });
    const starting = house.keeper.startScan(sweep).then(async ({ done }) => done);
    await clock.pass(moment);
    const stopping = house.watcher.stop();
    await clock.pass(5000);
    await stopping;
    assert.equal((await starting).scan.outcome, moment < 3000 ? 'cancelled' : 'complete', `stopped after ${moment} ms`);
    assert.ok((await store.scans({ limit: 9 })).every(({ outcome }) => outcome !== 'running'));
    assert.equal(house.prober.looks.length, moment < 1000 ? 0 : 1);
    await house.end();
  }
});

test('a target that is unwatched while its scan is being begun is not looked at', async () => {
  const clock = new ManualClock(AT);
  const house = await stand({ ...unwatched, clock, store: await slowStore(clock), script: () => ({ hosts: all }) });
  await house.keeper.watch({ target: LAN, schedule: [every(MINUTE)] });
  await clock.pass(500);
  await house.keeper.unwatch(LAN);
  await clock.pass(5000);
  const [scan] = await house.keeper.scans({ limit: 1 });
  assert.deepEqual([scan?.outcome, house.prober.looks.length], ['cancelled', 0]);
  await house.end();
});

test('R16: a scan whose daemon died in it is failed when the next one starts, which begins it anew', async () => {
  const config = watching(declared(LAN, every(HOUR), every(HOUR, 'ports')));
  const dead = await stand({ config, script: ({ plan }) => ({ hosts: all, takes: plan === 'ports' ? HOUR : 2000 }) });
  await dead.clock.pass(10_000);
  assert.deepEqual(dead.prober.asked, [`sweep ${LAN}`, 'ports 10.0.0.1']);
  const clock = new ManualClock(dead.clock.now());
  const next = await stand({ config, clock, store: dead.store, isGone: () => true, script: () => ({ hosts: all }) });
  const [sweeps, ports] = next.keeper.targets()[0]?.plans ?? [];
  assert.deepEqual([sweeps?.lastScan?.outcome, ports?.lastScan?.outcome], ['complete', 'failed']);
  await clock.pass(10_000);
  assert.deepEqual(next.prober.asked, ['ports 10.0.0.1']);
  await next.end();
  await dead.watcher.stop();
});

test('R34: a gap in time does not let ports begin before the first sweep has seen anybody', async () => {
  const blind = { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } } as const;
  const house = await stand({ config: watching(declared(LAN, every(HOUR), every(HOUR, 'ports'))), script: () => blind });
  await house.clock.pass(10_000);
  house.clock.suspend(8 * HOUR);
  await house.clock.pass(10_000);
  assert.equal(house.keeper.targets()[0]?.plans[1]?.nextAt, null);
  assert.deepEqual(new Set(house.prober.asked), new Set([`sweep ${LAN}`]));
  await house.end();
});

test('R48: a config that cannot be taken over whole is not in force', async () => {
  const memory = await openStore({ kind: 'memory' });
  let full = false;
  const store: Store = {
    ...memory,
    addTarget: async (target, lease) => {
      if (full) throw new Fault('unavailable', 'writing to store: the disk is full', 'free some space');
      return memory.addTarget(target, lease);
    },
  };
  const owned = { ranges: declared('8.8.8.0/24').spec, until: AT + 24 * HOUR };
  assert.equal(owned.ranges.kind, 'ranges');
  const allowances = owned.ranges.kind === 'ranges' ? [{ ranges: owned.ranges.ranges, owner: 'me', until: owned.until }] : [];
  const house = await stand({ ...unwatched, store, script: () => ({}) });
  full = true;
  const wider = { ...silent, ...watching(declared('8.8.8.8', every(HOUR))), allowances };
  await assert.rejects(house.watcher.reload(wider), /the disk is full/);
  await assert.rejects(house.keeper.startScan({ targets: ['8.8.8.8'], plan: 'sweep' }), /neither private/);
  full = false;
  await house.watcher.reload(wider);
  const { done } = await house.keeper.startScan({ targets: ['8.8.8.8'], plan: 'sweep' });
  await house.clock.pass(10_000);
  assert.equal((await done).scan.outcome, 'complete');
  await house.end();
});
