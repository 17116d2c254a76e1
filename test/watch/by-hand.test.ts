import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { ScanResult } from '../../src/watch/index.ts';
import { MINUTE, seen } from '../make/device.ts';
import { settle } from './manual-clock.ts';
import { declared, every, LAN, stand, told, watching } from './stand.ts';

const all = [seen('10.0.0.1', 1)];
const nothing = { config: { self: { watch: false } } };
const sweep = { targets: [LAN], plan: 'sweep' } as const;
const fault =
  (code: Fault['code'], text: RegExp) =>
  (thrown: unknown): boolean =>
    thrown instanceof Fault && thrown.code === code && text.test(thrown.message);

test('a scan by hand has an id before the first packet, and is done when committed', async () => {
  const { keeper, clock, feed, end } = await stand({ ...nothing, script: () => ({ hosts: all }) });
  const { scan, done } = await keeper.startScan(sweep);
  assert.deepEqual([scan.outcome, scan.subject, scan.target, keeper.status().running], ['running', LAN, null, [scan.id]]);
  await clock.pass(2000);
  const { changes, hosts, scan: ended } = await done;
  assert.deepEqual([ended.id, ended.outcome, ended.up, ended.changes], [scan.id, 'complete', 1, 1]);
  assert.deepEqual([changes.map(({ kind }) => kind), hosts], [['device.appeared'], all]);
  assert.equal(await keeper.resultOf(scan.id), await done);
  assert.deepEqual(
    feed.map(({ kind }) => kind),
    ['scan.started', 'scan.host', 'commit'],
  );
  await end();
});

test('a scan by hand goes before what is merely due, and those by hand keep their order', async () => {
  const config = watching(...['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((text) => declared(text, every(10 * MINUTE))));
  const { keeper, clock, prober, end } = await stand({ config, script: () => ({ takes: 1000 }) });
  for (const target of ['10.0.0.8', '10.0.0.9']) await keeper.startScan({ targets: [target], plan: 'sweep' });
  await clock.pass(10_000);
  assert.deepEqual(
    prober.looks.map(({ addresses }) => addresses),
    ['10.0.0.1', '10.0.0.8', '10.0.0.9', '10.0.0.2', '10.0.0.3'],
  );
  assert.equal(prober.most, 1);
  await end();
});

test('a sweep does not wait for a port scan of its segment, nor a segment for another', async () => {
  const { keeper, clock, prober, end } = await stand({ ...nothing, script: ({ plan }) => ({ takes: plan === 'sweep' ? 1000 : 100_000 }) });
  await keeper.startScan({ targets: [LAN], plan: 'ports' });
  await keeper.startScan({ targets: [LAN], plan: 'deep' });
  await keeper.startScan(sweep);
  await keeper.startScan({ targets: ['127.0.0.1'], plan: 'ports' });
  await clock.pass(0);
  assert.deepEqual(
    prober.looks.map(({ plan, addresses }) => `${plan} ${addresses}`),
    [`ports ${LAN}`, `sweep ${LAN}`, 'ports 127.0.0.1'],
  );
  await clock.pass(250_000);
  await end();
});

test('what cannot be scanned is refused before anything is stored', async () => {
  const { keeper, store, end } = await stand(nothing);
  const refused = async (request: Parameters<typeof keeper.startScan>[0], code: Fault['code'], text: RegExp): Promise<void> =>
    assert.rejects(keeper.startScan(request), fault(code, text));
  await refused({ targets: ['8.8.8.8'], plan: 'sweep' }, 'refused', /neither private nor a network/);
  await refused({ targets: ['10.0.0.0/8'], plan: 'sweep' }, 'refused', /more than 4096/);
  await refused({ targets: [], plan: 'sweep' }, 'bad-input', /none was given/);
  await refused({ targets: ['-iL'], plan: 'sweep' }, 'bad-input', /dash/);
  await refused({ targets: ['nobody.lan'], plan: 'sweep' }, 'bad-input', /has no address/);
  await refused({ targets: [LAN], plan: 'sweep', ports: '22' }, 'bad-input', /a sweep asks no ports/);
  await refused({ targets: [LAN], plan: 'ports', ports: '99999' }, 'bad-input', /not ports/);
  assert.deepEqual(await store.scans({ limit: 10 }), []);
  await end();
});

test('a name is resolved once, and what it resolves to is judged', async () => {
  const { keeper, prober, names, clock, end } = await stand({ ...nothing, script: () => ({}) });
  names.known.set('evil.example', ['8.8.8.8']);
  await assert.rejects(keeper.startScan({ targets: ['evil.example'], plan: 'sweep' }), fault('refused', /8\.8\.8\.8/));
  names.known.set('nas.lan', ['10.0.0.7', 'not an address']);
  await keeper.startScan({ targets: ['nas.lan', '10.0.0.8'], plan: 'sweep' });
  names.known.set('nas.lan', ['8.8.8.8']);
  await clock.pass(2000);
  assert.deepEqual(prober.asked, ['sweep 10.0.0.7-10.0.0.8']);
  await end();
});

test('a scan that is cancelled is kept, with whoever answered until then', async () => {
  const { keeper, clock, end, ...house } = await stand({ ...nothing, script: () => ({ hosts: all, takes: 60_000 }) });
  const { scan, done } = await keeper.startScan(sweep);
  await clock.pass(1000);
  await keeper.cancelScan(scan.id);
  const { scan: ended } = await done;
  assert.deepEqual([ended.outcome, ended.cause?.text], ['cancelled', 'cancelled by hand']);
  assert.deepEqual(await told(house), ['device.appeared 1']);
  await assert.rejects(keeper.cancelScan(scan.id), fault('not-found', /does not run/));
  await end();
});

test('a scan that is cancelled while it waits ends at once, and never looks', async () => {
  const { keeper, clock, prober, end } = await stand({ ...nothing, script: () => ({ takes: 60 * MINUTE }) });
  const running = await keeper.startScan(sweep);
  const waiting = await keeper.startScan(sweep);
  await clock.pass(1000);
  await keeper.cancelScan(waiting.scan.id);
  await settle();
  assert.equal((await waiting.done).scan.outcome, 'cancelled');
  assert.equal((await keeper.scan(waiting.scan.id)).scan.outcome, 'cancelled');
  assert.equal(prober.looks.length, 1);
  await keeper.cancelScan(running.scan.id);
  await running.done;
  await end();
});

test('the results of the last ten scans by hand are remembered', async () => {
  const { keeper, clock, end } = await stand({ ...nothing, script: () => ({}) });
  const ids: number[] = [];
  for (let n = 0; n < 12; n++) {
    ids.push((await keeper.startScan(sweep)).scan.id);
    await clock.pass(2000);
  }
  assert.deepEqual(
    ids.map((id) => keeper.resultOf(id) !== undefined),
    ids.map((_, i) => i >= 2),
  );
  await end();
});

test('R15: a daemon that stops keeps what runs as cancelled, settles what waits, and leaves nobody hanging', async () => {
  const config = watching(declared('10.0.0.1', every(MINUTE)), declared('10.0.0.2', every(MINUTE)));
  const { keeper, clock, store, watcher, prober, end } = await stand({
    config,
    script: () => ({ hosts: all, takes: 60_000, lingers: 5000 }),
  });
  const byHand = await Promise.all([keeper.startScan(sweep), keeper.startScan({ ...sweep, plan: 'ports' }), keeper.startScan(sweep)]);
  await clock.pass(10_000);
  const began = clock.monotonic();
  const results: ScanResult[] = [];
  for (const { done } of byHand) void done.then((result) => results.push(result));
  const stopping = watcher.stop();
  assert.equal(watcher.stop(), stopping);
  await clock.pass(5000);
  await stopping;
  assert.ok(clock.monotonic() - began <= 10_000);
  assert.deepEqual(
    results.map(({ scan }) => [scan.outcome, scan.cause?.text]),
    byHand.map(() => ['cancelled', 'the daemon stopped']),
  );
  const scans = await store.scans({ limit: 100 });
  assert.deepEqual([...new Set(scans.map(({ outcome }) => outcome))], ['cancelled']);
  assert.equal(prober.looks.length, 2);
  await assert.rejects(keeper.startScan(sweep), fault('unavailable', /the daemon stopped/));
  await end();
});

test('R15: a scan whose beginning is still being written when the daemon stops is brought home too', async () => {
  const store = await openStore({ kind: 'memory' });
  const { keeper, clock, watcher, prober, end } = await stand({ ...nothing, store, script: () => ({ hosts: all, takes: 60_000 }) });
  const [asked, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const beginScan = store.beginScan.bind(store);
  store.beginScan = async (...scan) => {
    asked.resolve();
    await written.promise;
    return beginScan(...scan);
  };
  const starting = keeper.startScan(sweep);
  await asked.promise;
  const stopping = watcher.stop();
  written.resolve();
  const [{ scan, done }] = await Promise.all([starting, stopping]);
  assert.equal((await done).scan.outcome, 'cancelled');
  assert.equal((await store.scan(scan.id))?.outcome, 'cancelled');
  assert.equal(prober.looks.length, 0);
  await clock.pass(0);
  await end();
});

test('R15: stopping while a name is being resolved says nothing about the network', async () => {
  const { keeper, names, clock, watcher, store, end } = await stand({ ...nothing, script: () => ({}) });
  let answer = (_: readonly string[]): void => {};
  names.addressesOf = (_, signal) =>
    new Promise((resolve) => {
      answer = resolve;
      signal?.addEventListener('abort', () => resolve([]), { once: true });
    });
  await keeper.watch({ target: 'nas.lan', schedule: [every(MINUTE)] });
  await clock.pass(0);
  const stopping = watcher.stop();
  await clock.pass(0);
  await stopping;
  answer([]);
  const [scan] = await store.scans({ limit: 1 });
  assert.equal(scan?.outcome, 'cancelled');
  assert.deepEqual(await store.changes({ limit: 10 }), []);
  await end();
});

test('law 2: a port scan by hand that began before a sweep found somebody does not send them away', async () => {
  const both = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
  let here = both.slice(0, 1);
  const config = watching({ ...declared(LAN, every(10_000)), window: 0 });
  const house = await stand({
    config,
    script: ({ plan }) => (plan === 'ports' ? { hosts: both.slice(0, 1), takes: 60_000 } : { hosts: here }),
  });
  await house.clock.pass(5000);
  const { done } = await house.keeper.startScan({ targets: [LAN], plan: 'ports' });
  here = both;
  await house.clock.pass(70_000);
  assert.deepEqual((await done).changes, []);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  await house.end();
});

test('watching a target again adds a plan or sets a window, and leaves alone what was not said', async () => {
  const { keeper, end } = await stand({ ...nothing, script: () => ({ hosts: all }) });
  const shown = () => keeper.targets().map(({ target: { schedule, window } }) => [schedule.map(({ plan }) => plan), window]);
  await keeper.watch({ target: LAN, schedule: [every(MINUTE)], window: 5 * MINUTE });
  await keeper.watch({ target: LAN, schedule: [every(60 * MINUTE, 'ports')] });
  assert.deepEqual(shown(), [[['sweep', 'ports'], 5 * MINUTE]]);
  await keeper.watch({ target: LAN, schedule: [], window: 9 * MINUTE });
  assert.deepEqual(shown(), [[['sweep', 'ports'], 9 * MINUTE]]);
  await keeper.watch({ target: LAN, schedule: [every(2 * MINUTE)] });
  assert.deepEqual(shown(), [[['ports', 'sweep'], 9 * MINUTE]]);
  await end();
});
