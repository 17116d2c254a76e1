import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Observation, orFault, parseQuietWindow } from '../../src/core/index.ts';
import { HOUR, MINUTE, port, seen, service } from '../make/device.ts';
import type { Look } from './scripted-prober.ts';
import { daily, declared, every, LAN, type Stand, silent, stand, told, watching } from './stand.ts';

const DAY = 24 * HOUR;
const NIGHTLY = daily('0 3 * * *', 'UTC', 'ports');
const WATCHED = { config: watching(declared(LAN, every(5 * MINUTE), NIGHTLY)) };

/** What each host serves: the product behind a port, or nothing that it tells. */
type Serving = Readonly<Record<string, Readonly<Record<number, string | null>>>>;

const hostsOf = (serving: Serving, { order }: Look): Observation[] =>
  Object.entries(serving).map(([address, ports]) => {
    const open = Object.entries(ports).map(([number, product]) => {
      const answers = order.plan.versions && product !== null;
      return port(Number(number), 'open', answers ? service(product) : null);
    });
    return seen(address, Number(address.split('.')[3]), { ports: order.plan.ports === null ? [] : open });
  });

/** A house in which a test moves the services. */
async function serving(first: Serving): Promise<Stand & { becomes(serves: Serving): void; fresh(): string[] }> {
  const state = { now: first, told: 0 };
  const house = await stand({ ...WATCHED, script: (look) => ({ hosts: hostsOf(state.now, look) }) });
  return Object.assign(house, {
    becomes: (serves: Serving) => void (state.now = serves),
    /** The follow-ups since it was asked last. */
    fresh: () => {
      const asked = house.prober.asked.filter((look) => look.startsWith('services'));
      return asked.slice(state.told, (state.told = asked.length));
    },
  });
}

test('after the first look for ports every open port is asked what it serves, by exact pairs; the next nights nobody is', async () => {
  const house = await serving({ '10.0.0.1': { 22: 'OpenSSH', 80: null }, '10.0.0.7': { 22: 'Dropbear' } });
  await house.clock.pass(30_000);
  assert.deepEqual(house.fresh(), ['services 10.0.0.1:22,80 10.0.0.7:22']);
  await house.clock.pass(2 * DAY);
  assert.deepEqual(house.fresh(), []);
  assert.deepEqual(
    house.keeper.roll().devices.map(({ ports }) => ports.map((one) => one.service?.product ?? '-')),
    [['OpenSSH', '-'], ['Dropbear']],
  );
  await house.end();
});

test('a port that opened is asked that night, alone; one that closed and opened again is asked anew', async () => {
  const house = await serving({ '10.0.0.1': { 22: 'OpenSSH', 80: 'nginx' }, '10.0.0.7': { 22: 'Dropbear' } });
  await house.clock.pass(30_000);
  house.fresh();
  house.becomes({ '10.0.0.1': { 22: 'OpenSSH', 80: 'nginx' }, '10.0.0.7': { 22: 'Dropbear', 443: 'Jetty' } });
  await house.clock.pass(DAY);
  assert.deepEqual(house.fresh(), ['services 10.0.0.7:443']);
  house.becomes({ '10.0.0.1': { 22: 'OpenSSH' }, '10.0.0.7': { 22: 'Dropbear', 443: 'Jetty' } });
  await house.clock.pass(DAY);
  house.becomes({ '10.0.0.1': { 22: 'OpenSSH', 80: 'lighttpd' }, '10.0.0.7': { 22: 'Dropbear', 443: 'Jetty' } });
  await house.clock.pass(DAY);
  assert.deepEqual(house.fresh(), ['services 10.0.0.1:80']);
  assert.deepEqual((await told(house)).slice(2), ['port.opened 2', 'port.closed 1', 'port.opened 1']);
  await house.end();
});

test('another version behind a port that stayed open is found within seven days', async () => {
  const house = await serving({ '10.0.0.1': { 22: 'OpenSSH 9.2' }, '10.0.0.7': { 80: 'nginx' } });
  await house.clock.pass(HOUR);
  house.becomes({ '10.0.0.1': { 22: 'OpenSSH 9.9' }, '10.0.0.7': { 80: 'nginx' } });
  await house.clock.pass(7 * DAY);
  assert.deepEqual((await told(house)).slice(2), ['service.changed 1']);
  await house.end();
});

test('when each port was asked is known again after a restart', async () => {
  const house = await serving({ '10.0.0.1': { 22: 'OpenSSH' } });
  await house.clock.pass(HOUR);
  const [before] = house.keeper.roll().devices;
  const { devices } = await house.store.load('home');
  assert.ok(before?.ports[0]?.checkedAt);
  assert.deepEqual(devices[0]?.ports, before?.ports);
  await house.end();
});

test('law 1: a follow-up that fails leaves its ports due, and says nothing of them', async () => {
  let broken = true;
  const script = (look: Look) =>
    look.plan === 'services' && broken
      ? ({ outcome: 'failed', cause: { code: 'killed', text: 'nmap was ended by SIGKILL' } } as const)
      : { hosts: hostsOf({ '10.0.0.1': { 22: 'OpenSSH' } }, look) };
  const house = await stand({ ...WATCHED, script });
  await house.clock.pass(HOUR);
  broken = false;
  await house.clock.pass(DAY);
  const asked = house.prober.asked.filter((look) => look.startsWith('services'));
  assert.deepEqual(asked, ['services 10.0.0.1:22', 'services 10.0.0.1:22']);
  assert.deepEqual((await told(house)).slice(1), []);
  await house.end();
});

test('who is to be left in peace is not followed up', async () => {
  const house = await serving({ '10.0.0.1': { 22: 'OpenSSH' }, '10.0.0.7': { 22: 'Dropbear' } });
  await house.clock.pass(HOUR);
  house.fresh();
  await house.keeper.editDevices([2], { probed: false });
  house.becomes({ '10.0.0.1': { 22: 'OpenSSH', 80: null }, '10.0.0.7': { 22: 'Dropbear', 80: null } });
  await house.clock.pass(DAY);
  assert.deepEqual(house.fresh(), ['services 10.0.0.1:80']);
  await house.end();
});

test('a target that is not watched any more is not followed up, also not on', async () => {
  const script = (look: Look) => ({
    hosts: hostsOf({ '10.0.0.1': { 22: 'OpenSSH' } }, look),
    ...(look.plan === 'services' && { takes: HOUR }),
  });
  const house = await stand({ config: watching(), script });
  const { schedule } = declared(LAN, every(5 * MINUTE), NIGHTLY);
  await house.keeper.watch({ target: LAN, schedule });
  await house.clock.pass(MINUTE);
  assert.deepEqual(house.prober.asked.at(-1), 'services 10.0.0.1:22');
  await house.keeper.unwatch(LAN);
  await house.clock.pass(10_000);
  assert.deepEqual(house.keeper.status().running, []);
  const [newest] = await house.keeper.scans({ limit: 1 });
  assert.deepEqual([newest?.plan, newest?.outcome, newest?.cause?.text], ['services', 'cancelled', 'the target is no longer watched']);
  await house.end();
});

test('UDP, where it is asked at all, is followed up by the same pairs', async () => {
  const snmp = { ...port(161), protocol: 'udp' as const };
  const script = ({ order }: Look) => ({ hosts: [seen('10.0.0.1', 1, { ports: order.plan.ports === null ? [] : [snmp] })] });
  const house = await stand({ config: watching(declared(LAN, every(5 * MINUTE), daily('0 3 * * *', 'UTC', 'udp'))), script });
  await house.clock.pass(2 * DAY);
  const asked = house.prober.looks.filter(({ plan }) => plan === 'services');
  assert.deepEqual(
    asked.map(({ order }) => order.apart?.map(({ ports }) => ports)),
    [[{ udp: [[161, 161]] }]],
  );
  await house.end();
});

test('a host that answers several runs of a follow-up is up once', async () => {
  const serves: Serving = { '10.0.0.1': { 22: 'OpenSSH', 80: 'nginx' }, '10.0.0.2': { 22: 'OpenSSH' }, '10.0.0.3': { 80: 'nginx' } };
  const house = await stand({
    ...WATCHED,
    script: (look) => ({ hosts: [...hostsOf(serves, look), ...(look.plan === 'services' ? hostsOf(serves, look).slice(0, 1) : [])] }),
  });
  await house.clock.pass(HOUR);
  const [scan] = await house.keeper.scans({ plan: 'services', limit: 1 });
  assert.equal(scan?.up, 3);
  await house.end();
});

test('what is due can be asked for by hand, and seen before it is', async () => {
  const house = await stand({ config: watching(), script: (look) => ({ hosts: hostsOf({ '10.0.0.1': { 22: 'OpenSSH' } }, look) }) });
  const { done } = await house.keeper.startScan({ targets: ['10.0.0.1'], plan: 'ports' });
  await house.clock.pass(5000);
  await done;
  const plan = await house.keeper.followUp(['10.0.0.0/24']);
  assert.deepEqual([plan.opened, plan.old, plan.lots.map(({ ports }) => ports)], [1, 0, [{ tcp: [[22, 22]] }]]);
  assert.deepEqual((await house.keeper.followUp([])).lots, [], 'nothing is watched');
  const begun = await house.keeper.startFollowUp({ targets: ['10.0.0.0/24'] });
  await house.clock.pass(5000);
  const result = await begun?.done;
  assert.deepEqual([result?.scan.plan, result?.scan.outcome], ['services', 'complete']);
  assert.deepEqual(house.prober.asked, ['ports 10.0.0.1', 'services 10.0.0.1:22']);
  assert.equal(await house.keeper.startFollowUp({ targets: ['10.0.0.0/24'] }), null);
  await house.end();
});

test('quiet hours hold for a follow-up by hand, and whoever stands there may say otherwise', async () => {
  const quiet = orFault(parseQuietWindow('00:00-24:00'));
  const script = (look: Look) => ({ hosts: hostsOf({ '10.0.0.1': { 22: 'OpenSSH' } }, look) });
  const config = { ...watching(), scan: { ...silent.scan, quiet: [quiet], zone: 'UTC' } };
  const house = await stand({ config, script });
  const { done } = await house.keeper.startScan({ targets: ['10.0.0.1'], plan: 'ports', now: true });
  await house.clock.pass(10_000);
  await done;
  await assert.rejects(house.keeper.startFollowUp({ targets: ['10.0.0.0/24'] }), /quiet hours/);
  const begun = await house.keeper.startFollowUp({ targets: ['10.0.0.0/24'], now: true });
  await house.clock.pass(10_000);
  assert.equal((await begun?.done)?.scan.outcome, 'complete');
  await house.end();
});

test('the config says which scripts ask beside versions', async () => {
  const script = (look: Look) => ({ hosts: hostsOf({ '10.0.0.1': { 22: 'OpenSSH' } }, look) });
  const house = await stand({ config: { ...WATCHED.config, services: { ...silent.services, scripts: 'safe' } }, script });
  await house.clock.pass(HOUR);
  const asked = house.prober.looks.filter(({ plan }) => plan === 'services');
  assert.deepEqual(
    asked.map(({ order }) => order.plan.scripts),
    ['safe'],
  );
  await house.end();
});
