import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS } from '../../src/config/index.ts';
import { orFault, parseQuietWindow } from '../../src/core/index.ts';
import { AT, HOUR, MINUTE, seen } from '../make/device.ts';
import type { Script } from './scripted-prober.ts';
import { daily, declared, every, LAN, type Stand, stand, told, watching } from './stand.ts';

const QUIET = 'Mon-Fri 08:30-18:00';
const quiet = (...windows: string[]) => ({ ...DEFAULTS.scan, zone: 'UTC', quiet: windows.map((text) => orFault(parseQuietWindow(text))) });
const hosts = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
const ports = ({ prober }: Stand): string[] =>
  prober.looks.filter(({ plan }) => plan === 'ports').map(({ startedAt }) => new Date(startedAt).toISOString().slice(11, 16));
const planOf = ({ keeper }: Stand) => keeper.targets()[0]?.plans.find(({ plan }) => plan === 'ports');
const script: Script = () => ({ hosts });

test('what is due in quiet hours is put off until they end, and says so; sweeps go on', async () => {
  // Hour 0 is a Monday, 08:00 UTC. The first scan of the ports is due at once.
  const house = await stand({
    config: { ...watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports'))), scan: quiet(QUIET) },
    script,
  });
  await house.clock.pass(HOUR);
  assert.deepEqual(ports(house), ['08:00']);
  await house.clock.pass(MINUTE);
  assert.deepEqual(planOf(house)?.putOff, { until: AT + 10 * HOUR, because: `quiet hours ("${QUIET}")` });
  assert.equal(planOf(house)?.nextAt, AT + 10 * HOUR);
  const sweeps = house.prober.looks.length;
  await house.clock.pass(8 * HOUR);
  assert.ok(house.prober.looks.length > sweeps + 100);
  assert.deepEqual(ports(house), ['08:00']);
  await house.clock.pass(2 * HOUR);
  assert.deepEqual(ports(house), ['08:00', '18:00']);
  assert.equal(planOf(house)?.putOff, null);
  assert.equal(planOf(house)?.nextAt, AT + 25 * HOUR, 'the next day it is due as ever');
  await house.end();
});

test('a scan under way when quiet hours begin is stopped, keeps what it saw, and is made again when they end', async () => {
  const slow: Script = ({ plan, order }) => {
    if (plan !== 'ports' || order.plan.budget > 45 * MINUTE) return { hosts };
    const text = 'the scan took longer than its budget';
    return { hosts: hosts.slice(0, 1), outcome: 'partial', cause: { code: 'over-budget', text }, takes: order.plan.budget };
  };
  const house = await stand({
    config: { ...watching(declared(LAN, every(MINUTE), daily('0 3 * * *', 'UTC', 'ports'))), scan: quiet(QUIET) },
    script: slow,
  });
  await house.clock.pass(HOUR);
  const [scan] = (await house.keeper.scans({ target: 1, limit: 100 })).filter(({ plan }) => plan === 'ports');
  assert.equal(scan?.outcome, 'partial');
  assert.equal(scan?.cause?.code, 'quiet-hours');
  assert.equal(scan?.finishedAt, AT + 30 * MINUTE);
  assert.equal(planOf(house)?.nextAt, AT + 10 * HOUR);
  assert.deepEqual(
    (await told(house)).filter((line) => line.startsWith('vantage')),
    [],
    'it is not our eyes that failed',
  );
  await house.clock.pass(10 * HOUR);
  assert.deepEqual(ports(house), ['08:00', '18:00']);
  await house.end();
});

test('by hand nothing is asked for ports in quiet hours, unless it is said outright; who is there may always be asked', async () => {
  const house = await stand({ config: { self: { watch: false }, scan: quiet('Mon 08:00-09:00') }, script });
  await assert.rejects(house.keeper.startScan({ targets: [LAN], plan: 'ports' }), {
    code: 'refused',
    message: `scanning ${LAN}: quiet hours ("Mon 08:00-09:00") until 2026-01-05 09:00 (UTC)`,
    remedy: /--now/,
  });
  assert.deepEqual(await house.keeper.scans({ limit: 10 }), []);
  for (const request of [{ plan: 'sweep' as const }, { plan: 'ports' as const, now: true }]) {
    const { done } = await house.keeper.startScan({ targets: [LAN], ...request });
    await house.clock.pass(MINUTE);
    assert.equal((await done).scan.outcome, 'complete');
  }
  await house.end();
});

test('one that waits for its turn into quiet hours is put off, too', async () => {
  const script: Script = ({ plan, order }) => ({ hosts, takes: plan === 'deep' || order.now ? 20 * MINUTE : 2000 });
  const house = await stand({
    config: { ...watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports'))), scan: quiet('09:10-10:00') },
    script,
  });
  await house.clock.pass(59 * MINUTE);
  const before = ports(house).length;
  const { done } = await house.keeper.startScan({ targets: [LAN], plan: 'ports', now: true });
  await house.clock.pass(30 * MINUTE);
  assert.equal((await done).scan.outcome, 'complete');
  assert.equal(ports(house).length, before + 1, 'only the one by hand');
  assert.equal(planOf(house)?.nextAt, AT + 2 * HOUR);
  await house.clock.pass(HOUR);
  assert.equal(ports(house).length, before + 2);
  await house.end();
});
