import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR, MINUTE, seen } from '../make/device.ts';
import type { Answer } from './scripted-prober.ts';
import { daily, declared, every, LAN, presence, stand, told, watching } from './stand.ts';

const twoHosts = () => ({ hosts: [seen('10.0.0.1', 1), seen('10.0.0.2', 2)] });

test('a new target is scanned at once, and then in its own rhythm', async () => {
  const { prober, clock, keeper, end } = await stand({ config: watching(declared(LAN, every(5 * MINUTE))), script: twoHosts });
  assert.deepEqual(prober.asked, ['sweep 10.0.0.0/24']);
  await clock.pass(2000);
  assert.deepEqual(presence({ keeper }), ['1 present', '2 present']);
  await clock.pass(HOUR);
  const gaps = prober.looks.slice(2).map(({ startedAt }, i) => startedAt - (prober.looks[i + 1]?.startedAt ?? 0));
  assert.deepEqual([...new Set(gaps)], [5 * MINUTE]);
  assert.equal(prober.looks.length, 13);
  await end();
});

test('targets of one interval do not all start in the same second', async () => {
  const targets = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'].map((text) => declared(text, every(MINUTE)));
  const { prober, clock, end } = await stand({ config: watching(...targets), script: () => ({ takes: 1 }) });
  await clock.pass(3 * MINUTE);
  const offsets = new Map(prober.looks.slice(5).map(({ addresses, startedAt }) => [addresses, startedAt % MINUTE]));
  assert.equal(new Set(offsets.values()).size, 5);
  await end();
});

test('R14: a scan slower than its interval never piles up: one runs, one waits, the rest are counted', async () => {
  const { prober, clock, keeper, end } = await stand({
    config: watching(declared(LAN, every(MINUTE, 'ports'))),
    script: () => ({ takes: 3 * MINUTE }),
  });
  await clock.pass(30 * MINUTE);
  assert.equal(prober.most, 1);
  assert.ok(prober.looks.length >= 10 && prober.looks.length <= 11, `${prober.looks.length} looks`);
  const [status] = keeper.targets();
  assert.equal(keeper.status().running.length, 1);
  const skipped = status?.plans[0]?.skipped ?? 0;
  assert.ok(skipped >= 18 && skipped <= 20, `${skipped} skipped`);
  await end();
});

test('a sweep never takes more than half its interval: a slow one is made as often as that allows', async () => {
  let takes = 3 * MINUTE;
  const { prober, clock, keeper, end } = await stand({
    config: watching(declared(LAN, every(MINUTE))),
    script: () => ({ takes }),
  });
  await clock.pass(60 * MINUTE);
  const starts = prober.looks.map(({ startedAt }) => startedAt);
  // How long it takes is known after the first, behind which one waited already.
  const gaps = starts.slice(5).map((at, i) => at - (starts[i + 4] as number));
  assert.ok(gaps.length >= 6 && gaps.every((gap) => gap >= 6 * MINUTE), gaps.join());
  assert.ok((keeper.targets()[0]?.plans[0]?.skipped ?? 0) <= 3);
  takes = 5000;
  await clock.pass(20 * MINUTE);
  assert.ok(prober.looks.length - starts.length >= 12, 'it was not made each minute again when it was quick again');
  await end();
});

test('R9: a sweep that hangs is ended by when the next one is due, if it is not so large that it needs more', async () => {
  for (const [target, cadence, budget] of [
    [LAN, MINUTE, MINUTE],
    ['10.0.0.0/20', MINUTE, 4096 * 100],
    [LAN, HOUR, 10 * MINUTE],
  ] as const) {
    const house = await stand({ config: watching(declared(target, every(cadence))), script: () => ({ hosts: [] }) });
    await house.clock.pass(3000);
    assert.equal(house.prober.looks[0]?.order.plan.budget, budget, target);
    await house.end();
  }
});

test('ports wait for the first sweep, and are only asked where somebody is', async () => {
  const { prober, clock, keeper, end } = await stand({
    config: watching(declared(LAN, every(5 * MINUTE), daily('0 3 * * *', 'UTC', 'ports'))),
    script: ({ plan }) => (plan === 'sweep' ? twoHosts() : { hosts: [] }),
  });
  assert.equal(keeper.targets()[0]?.plans[1]?.nextAt, null);
  await clock.pass(1999);
  assert.deepEqual(prober.asked, ['sweep 10.0.0.0/24']);
  await clock.pass(1);
  assert.deepEqual(prober.asked, ['sweep 10.0.0.0/24', 'ports 10.0.0.1-10.0.0.2']);
  await clock.pass(10_000);
  assert.equal(keeper.targets()[0]?.plans[1]?.nextAt, Date.UTC(2026, 0, 6, 3));
  await end();
});

test('ports go on waiting while the first sweeps fail or are cancelled', async () => {
  const blind = { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } } as const;
  const sweeps: Answer[] = [blind, { ...twoHosts(), takes: 10 * MINUTE }];
  const { prober, clock, keeper, end } = await stand({
    config: watching(declared(LAN, every(5 * MINUTE), every(HOUR, 'ports'))),
    script: ({ plan }) => (plan === 'ports' ? {} : (sweeps.shift() ?? twoHosts())),
  });
  await clock.pass(6 * MINUTE);
  const [second = 0] = keeper.status().running;
  await keeper.cancelScan(second);
  await clock.pass(0);
  assert.equal((await keeper.scan(second)).scan.outcome, 'cancelled');
  assert.deepEqual(prober.asked, ['sweep 10.0.0.0/24', 'sweep 10.0.0.0/24']);
  await clock.pass(6 * MINUTE);
  assert.equal(prober.asked.filter((look) => look.startsWith('ports')).length, 1);
  await end();
});

test('after a restart the schedule goes on where it stopped, plan by plan', async () => {
  const config = watching(declared(LAN, every(5 * MINUTE), every(6 * HOUR, 'ports')));
  const first = await stand({ config, script: twoHosts });
  await first.clock.pass(HOUR);
  const before = first.keeper.targets()[0]?.plans.map(({ nextAt }) => nextAt);
  await first.end();
  const second = await stand({ config, clock: first.clock, store: first.store, script: twoHosts });
  assert.deepEqual(
    second.keeper.targets()[0]?.plans.map(({ nextAt }) => nextAt),
    before,
  );
  assert.equal(second.prober.looks.length, 0);
  await second.clock.pass(6 * MINUTE);
  assert.deepEqual(new Set(second.prober.looks.map(({ plan }) => plan)), new Set(['sweep']));
  assert.deepEqual(await told(second), ['device.appeared 1', 'device.appeared 2']);
  await second.end();
});

test('after a restart, a scan that the end of the daemon cut off is made again; one that a person cancelled is not', async () => {
  const config = watching(declared(LAN, every(6 * HOUR)));
  for (const [how, again] of [
    ['stop', 1],
    ['cancel', 0],
  ] as const) {
    const first = await stand({ config, script: () => ({ ...twoHosts(), takes: HOUR }) });
    await first.clock.pass(MINUTE);
    if (how === 'cancel') await first.keeper.cancelScan(first.keeper.status().running[0] ?? 0);
    await first.clock.pass(0);
    await first.end();
    const [scan] = await first.store.scans({ limit: 1 });
    assert.deepEqual([scan?.outcome, scan?.cause?.text], ['cancelled', how === 'cancel' ? 'cancelled by hand' : 'the daemon stopped']);
    const second = await stand({ config, clock: first.clock, store: first.store, script: twoHosts });
    await second.clock.pass(MINUTE);
    assert.equal(second.prober.looks.length, again, how);
    await second.end();
  }
});

test('a plan may have two cadences, and both are kept', async () => {
  const { prober, clock, end } = await stand({
    config: watching(declared(LAN, every(6 * HOUR), daily('30 9 * * *'))),
    script: twoHosts,
  });
  await clock.pass(2 * HOUR);
  assert.ok(prober.looks.some(({ startedAt }) => startedAt === AT + 90 * MINUTE));
  await end();
});

test('a host name is asked where it is found each time, for ports too, and its own window holds', async () => {
  const names = declared('nas.lan', every(5 * MINUTE), daily('0 9 * * *', 'UTC', 'ports'));
  const {
    prober,
    clock,
    keeper,
    names: resolver,
    end,
  } = await stand({
    config: watching({ ...names, window: 10 * MINUTE }),
    script: (_, nth) => ({ hosts: nth < 4 ? [seen('10.0.0.7', 7)] : [] }),
  });
  assert.equal(keeper.targets()[0]?.blind, true);
  assert.deepEqual(prober.asked, []);
  resolver.known.set('nas.lan', ['10.0.0.7']);
  await clock.pass(5 * MINUTE);
  assert.deepEqual(prober.asked, ['sweep 10.0.0.7', 'ports 10.0.0.7']);
  await clock.pass(25 * MINUTE);
  assert.deepEqual(presence({ keeper }), ['1 away']);
  await end();
});

test('unwatching ends what runs for the target, and what waits for it never begins', async () => {
  const { prober, clock, keeper, end } = await stand({
    config: { self: { watch: false } },
    script: () => ({ ...twoHosts(), takes: 3 * MINUTE }),
  });
  await keeper.watch({ target: LAN, schedule: [every(MINUTE)] });
  await clock.pass(150_000);
  assert.equal(prober.looks.length, 1);
  await keeper.unwatch(LAN);
  await clock.pass(10 * MINUTE);
  assert.equal(prober.looks.length, 1);
  const [scan, ...others] = await keeper.scans({ limit: 10 });
  assert.deepEqual([scan?.outcome, scan?.cause?.text, others.length], ['cancelled', 'the target is no longer watched', 0]);
  await end();
});

test('a changed interval holds from the last scan on, which is not forgotten', async () => {
  const { prober, clock, keeper, end } = await stand({ config: { self: { watch: false } }, script: twoHosts });
  await keeper.watch({ target: LAN, schedule: [every(5 * MINUTE)] });
  await clock.pass(6 * MINUTE);
  const looks = prober.looks.length;
  await keeper.watch({ target: LAN, schedule: [every(HOUR)] });
  await clock.pass(0);
  assert.equal(prober.looks.length, looks);
  assert.equal(keeper.targets()[0]?.plans[0]?.lastScan?.outcome, 'complete');
  await clock.pass(HOUR);
  assert.equal(prober.looks.length, looks + 1);
  await end();
});

test('two who watch the same target at once get one target', async () => {
  const { keeper, clock, end } = await stand({ config: { self: { watch: false } }, script: twoHosts });
  const request = { target: LAN, schedule: [every(5 * MINUTE)] };
  const [one, other] = await Promise.all([keeper.watch(request), keeper.watch(request)]);
  assert.equal(one.id, other.id);
  assert.equal(keeper.targets().length, 1);
  await clock.pass(5000);
  await end();
});
