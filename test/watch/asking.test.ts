import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { AT, HOUR, MINUTE, seen } from '../make/device.ts';
import type { Answer } from './scripted-prober.ts';
import { daily, declared, every, LAN, stand, watching } from './stand.ts';

const all = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
const blind: Answer = { outcome: 'failed', cause: { code: 'interface-down', text: 'the interface is down' }, hosts: [] };
const config = watching(declared(LAN, every(MINUTE)));

test('whoever comes late hears what runs and how far it is', async () => {
  const home = await stand({ config: watching(), script: () => ({ hosts: all, takes: 10_000 }) });
  const { scan, done } = await home.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await home.clock.pass(1000);
  const [running, ...others] = home.keeper.running();
  assert.deepEqual([running?.scan.id, running?.scan.outcome, others.length], [scan.id, 'running', 0]);
  await home.clock.pass(20_000);
  await done;
  assert.deepEqual(home.keeper.running(), []);
  await home.end();
});

test('a network that cannot be seen says since when and why, and one that is not looked at any more is stale', async () => {
  let answer: Answer = { hosts: all };
  const home = await stand({ config, script: () => answer, around: { gateways: () => ['10.0.0.1', '192.168.7.1'] } });
  await home.clock.pass(5 * MINUTE);
  const [fine] = home.keeper.segments();
  assert.deepEqual([fine?.text, fine?.unseen, fine?.stale, fine?.gateways], [LAN, null, false, ['10.0.0.1']]);
  answer = blind;
  const before = home.clock.now();
  await home.clock.pass(10 * MINUTE);
  const [unseen] = home.keeper.segments();
  assert.equal(unseen?.unseen?.cause, 'the interface is down');
  assert.ok((unseen.unseen?.since ?? 0) >= before && (unseen.unseen?.since ?? 0) <= before + 2 * MINUTE);
  await home.end();
});

test('changes of a device are also those of what was merged into it, and families are counted in their hour', async () => {
  let phone = seen('10.0.0.5', 5);
  const home = await stand({ config, script: () => ({ hosts: [seen('10.0.0.1', 1), phone] }) });
  await home.clock.pass(2 * HOUR);
  phone = seen('10.0.0.6', 6);
  await home.clock.pass(3 * HOUR);
  await home.keeper.mergeDevices({ keep: 3, absorb: [2] });
  const kinds = async (devices: ReadonlySet<number>) =>
    (await home.keeper.changesWhere({ devices, limit: 100, newestFirst: false })).map(({ kind, device }) => `${kind} ${device}`);
  assert.deepEqual(await kinds(new Set([3])), [
    'device.appeared 2',
    'device.appeared 3',
    'device.described 3',
    'device.left 2',
    'device.merged 2',
  ]);
  const told = await home.keeper.countChanges({ since: AT, until: AT + 6 * HOUR, slots: 6, devices: new Set([3]) });
  assert.deepEqual([...(told.families.get('new') ?? [])], [1, 0, 2, 0, 0, 0]);
  assert.equal(told.kinds.get('device.left'), 1);
  await home.clock.pass(MINUTE);
  await home.keeper.editDevices([3], { alias: 'phone' });
  assert.equal((await kinds(new Set([3]))).at(-1), 'device.edited 3', 'what came since is known too');
  await home.end();
});

test('the next runs are told of each plan, and of a schedule that nobody keeps', async () => {
  const home = await stand({
    config: watching(declared(LAN, every(HOUR), daily('0 3 * * *', 'Europe/Berlin', 'ports'))),
    script: () => ({ hosts: all }),
  });
  await home.clock.pass(2 * HOUR);
  const [sweep, ports] = home.keeper.targets()[0]?.plans ?? [];
  assert.deepEqual(
    [sweep?.ahead?.length, sweep?.ahead?.[0], (sweep?.ahead?.[1] ?? 0) - (sweep?.ahead?.[0] ?? 0)],
    [5, sweep?.nextAt, HOUR],
  );
  assert.deepEqual(
    ports?.ahead?.slice(0, 2).map((at) => new Date(at).toISOString()),
    ['2026-01-06T02:00:00.000Z', '2026-01-07T02:00:00.000Z'],
  );
  assert.throws(() => home.keeper.runsAhead({ kind: 'at', cron: '0 25 * * *', zone: null }, 3), /hour/);
  assert.throws(() => home.keeper.runsAhead({ kind: 'at', cron: '0 3 * * *', zone: 'Mars/Base' }, 3), /no such zone/);
  await home.end();
});

test('whoever looks at a past moment asks the store once for all questions, until something is committed', async () => {
  const memory = await openStore({ kind: 'memory' });
  let read = 0;
  let broken = false;
  const devicesAt: Store['devicesAt'] = (site, at) => {
    read++;
    return broken ? Promise.reject(new Error('the disk is gone')) : memory.devicesAt(site, at);
  };
  const home = await stand({ config, store: { ...memory, devicesAt }, script: () => ({ hosts: all }) });
  await home.clock.pass(10.5 * MINUTE);
  const then = AT + 5 * MINUTE;
  const [first, second] = await Promise.all([home.keeper.rollAt(then), home.keeper.rollAt(then)]);
  assert.equal(first, second, 'the same object, by which whoever writes it can keep what was written');
  assert.deepEqual([read, first.devices.length, first.seq], [1, 2, 2]);
  await home.keeper.rollAt(then - 1000);
  await home.keeper.rollAt(then);
  assert.equal(read, 3);
  await home.clock.pass(2 * MINUTE);
  assert.notEqual(await home.keeper.rollAt(then), first);
  broken = true;
  await assert.rejects(home.keeper.rollAt(AT), /the disk is gone/);
  broken = false;
  assert.equal((await home.keeper.rollAt(AT)).at, AT);
  await home.end();
});
