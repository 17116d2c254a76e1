import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type LookNews, type LookOrder } from '../../core/index.ts';
import { serving, ssh } from '../story/serves.ts';
import { NETS, thing } from '../story/thing.ts';
import { createDemoListener, sightingsOf } from './listener.ts';
import { createDemoNames } from './names.ts';
import { createDemoProber } from './prober.ts';
import { demoSurroundings } from './surroundings.ts';
import { createDemoWaker } from './waker.ts';
import { placeOf, rangeOf, World } from './world.ts';

const NOW = Date.UTC(2026, 10, 28, 12);

/** Time passes by sleeping only. */
function stillClock() {
  let at = NOW;
  return {
    now: () => at,
    monotonic: () => at,
    sleep: async (length: number) => {
      at += length;
    },
  };
}

const small = (): World =>
  new World([
    thing('router', ['home', 1], { card: '246511' }),
    thing('nas', ['home', 10], { card: '001132', serves: [ssh('nas'), serving(445, 'microsoft-ds')], sources: ['dns', 'mdns'] }),
    thing('phone', ['home', 101], { sources: ['dhcp'], habit: { kind: 'never' } }),
    thing('web', ['yard', 10], { serves: [serving(80, 'http')] }),
  ]);

const keysIn = (world: World, net: 'home' | 'yard' = 'home'): string[] => world.within([rangeOf(net)]).map((one) => one.thing.key);

describe('a simulated network', () => {
  test('has in it whoever is there, and nobody else', () => {
    const world = small();
    assert.deepEqual(keysIn(world), ['router', 'nas']);
    world.apply({ kind: 'comes', thing: 'phone' });
    assert.deepEqual(keysIn(world), ['router', 'nas', 'phone']);
    world.apply({ kind: 'goes', thing: 'nas' });
    assert.deepEqual(keysIn(world), ['router', 'phone']);
  });

  test('shows nobody while it is cut, and only its router while it is hushed', () => {
    const world = small();
    world.apply({ kind: 'cut', net: 'home' });
    assert.deepEqual(keysIn(world), []);
    assert.deepEqual(keysIn(world, 'yard'), ['web'], 'another one is well');
    world.apply({ kind: 'hushed', net: 'home' });
    assert.deepEqual(keysIn(world), ['router']);
    world.apply({ kind: 'mended', net: 'home' });
    assert.deepEqual(keysIn(world), ['router', 'nas']);
  });

  test('refuses what happens to somebody who is not in it', () => {
    assert.throws(() => small().apply({ kind: 'comes', thing: 'constructor' }), { code: 'not-found' });
  });

  test('makes a noise when somebody comes, moves or shows another card, and none for what was so already', () => {
    const world = small();
    const heard: string[] = [];
    world.onNoise((one) => heard.push(`${one.thing.key} ${placeOf(one)} ${one.mac}`));
    world.apply({ kind: 'moves', thing: 'phone', host: 140 });
    assert.deepEqual(heard, [], 'who is away is not heard');
    world.apply({ kind: 'comes', thing: 'phone' });
    world.apply({ kind: 'comes', thing: 'phone' });
    world.apply({ kind: 'masks', thing: 'phone', mac: '02:00:00:00:00:01' });
    world.apply({ kind: 'goes', thing: 'phone' });
    assert.equal(heard.length, 2);
    assert.match(heard[1] ?? '', /^phone 192\.168\.77\.140 02:00:00:00:00:01$/);
  });
});

describe('who listens to a simulated network', () => {
  test('hears who joins, on the interfaces it was asked to listen on, until it is stopped', async () => {
    const world = small();
    const listener = createDemoListener({ clock: stillClock(), world });
    const heard: string[] = [];
    const end = new AbortController();
    const ears = {
      ifaces: [NETS.home.iface],
      hear: ({ way, address }: { way: string; address: string | null }) => heard.push(`${way} ${address}`),
    };
    const over = listener.listen(ears as never, end.signal);
    world.apply({ kind: 'comes', thing: 'phone' });
    assert.deepEqual(heard, ['dhcp 192.168.77.101', 'arp 192.168.77.101']);
    end.abort();
    assert.equal(await over, null);
    world.apply({ kind: 'goes', thing: 'phone' });
    world.apply({ kind: 'comes', thing: 'phone' });
    assert.equal(heard.length, 2);
  });

  test('hears nobody behind a router', () => {
    assert.deepEqual(sightingsOf(small().thing('web'), NOW), []);
  });
});

describe('the machine of the story', () => {
  test('stands in the networks that are attached, and knows the way to the others', async () => {
    const world = small();
    const around = demoSurroundings(world, new Map([['wlan0', 7]]));
    assert.deepEqual(
      around.networks().map(({ block }) => block),
      [NETS.home.block, NETS.desks.block],
    );
    assert.equal(around.ifaceOf(rangeOf('home')), 'wlan0');
    assert.equal(around.ifaceOf(rangeOf('yard')), null);
    assert.equal(await around.cardAt('192.168.77.10'), world.thing('nas').mac);
    assert.equal(await around.cardAt('192.168.77.101'), null, 'who is away answers nobody');
    assert.equal((await around.sentPackets()).get('wlan0'), 7);
  });

  test('says that it is none', async () => {
    const findings = await demoSurroundings(small(), new Map()).diagnose();
    assert.ok(findings.some(({ topic }) => topic === 'demo'));
  });

  test('wakes who sleeps by name of its card, in its own network only', async () => {
    const world = small();
    const waker = createDemoWaker(world);
    const { mac } = world.thing('phone');
    assert.ok(mac);
    const [home, desks] = demoSurroundings(world, new Map()).networks();
    assert.ok(home && desks);
    assert.equal((await waker.wake({ mac, network: desks })).ok, false);
    assert.equal(world.thing('phone').there, false);
    const sent = await waker.wake({ mac, network: home });
    assert.deepEqual(sent, { ok: true, value: { mac, iface: 'wlan0', from: '192.168.77.5', to: '192.168.77.255' } });
    assert.equal(world.thing('phone').there, true);
    assert.equal((await waker.wake({ mac: '02:00:00:00:00:99', network: home })).ok, false);
  });
});

const PORTS: LookOrder['plan'] = { name: 'ports', ports: { kind: 'top', count: 1000 }, protocol: 'tcp', versions: false } as never;
const SWEEP: LookOrder['plan'] = { name: 'sweep', ports: null, protocol: 'tcp', versions: false } as never;

async function look(
  world: World,
  plan: LookOrder['plan'],
  { net = 'home', signal = new AbortController().signal, step = Number.POSITIVE_INFINITY } = {},
) {
  const news: LookNews[] = [];
  const prober = createDemoProber({
    clock: stillClock(),
    world,
    seed: 'x',
    dawn: NOW,
    vendorOf: () => null,
    step: () => step,
    sent: () => {},
  });
  const order = { addresses: [rangeOf(net as 'home' | 'yard')], plan, thorough: false, iface: null } as never;
  return { report: await prober.look(order, (item) => void news.push(item), signal), news };
}

describe('a look at a simulated network', () => {
  test('sees whoever is there, and says that it asked all addresses', async () => {
    const { report } = await look(small(), SWEEP);
    assert.equal(report.outcome, 'complete');
    assert.deepEqual(
      report.observations.map(({ address }) => address),
      ['192.168.77.1', '192.168.77.10'],
    );
    assert.deepEqual(report.coverage.addresses, [rangeOf('home')]);
    assert.equal(report.asked, 256);
    assert.ok(report.finishedAt > report.startedAt, 'it takes its time');
  });

  test('sees open ports only when it asks for ports', async () => {
    const open = async (plan: LookOrder['plan']) =>
      (await look(small(), plan)).report.observations.flatMap(({ ports }) => ports.map(({ port }) => port));
    assert.deepEqual(await open(SWEEP), []);
    assert.deepEqual(await open(PORTS), [22, 445]);
  });

  test('fails with its cause where the way is cut: a failure is never an empty list', async () => {
    const world = small();
    world.apply({ kind: 'cut', net: 'yard' });
    world.apply({ kind: 'cut', net: 'home' });
    const routed = await look(world, SWEEP, { net: 'yard' });
    assert.equal(routed.report.outcome, 'failed');
    assert.equal(routed.report.cause?.code, 'no-route');
    assert.deepEqual(routed.report.coverage.addresses, []);
    assert.equal((await look(world, SWEEP)).report.cause?.code, 'no-carrier');
  });

  test('that is stopped is cancelled, and covers nothing', async () => {
    const end = new AbortController();
    end.abort('enough');
    const { report } = await look(small(), PORTS, { signal: end.signal });
    assert.equal(report.outcome, 'cancelled');
    assert.deepEqual(report.observations, []);
    assert.deepEqual(report.coverage.addresses, []);
  });

  test('tells how far it is, step by step, to its end', async () => {
    const { news } = await look(small(), PORTS, { step: 500 });
    const done = news.flatMap((item) => (item.kind === 'progress' ? [item.done ?? 0] : []));
    assert.ok(done.length >= 3);
    assert.deepEqual(
      done,
      done.toSorted((a, b) => a - b),
    );
    assert.equal(done.at(-1), 1);
  });
});

describe('names of a simulated network', () => {
  test('are told by those who know them, and asked again only after hours', async () => {
    const world = small();
    const clock = stillClock();
    const names = createDemoNames({ world, clock });
    const { report } = await look(world, SWEEP);
    const ask = async () =>
      (await names.nameAll(report.observations, new AbortController().signal)).find(({ address }) => address.endsWith('.10'))?.names;
    assert.deepEqual(
      (await ask())?.map(({ name, source }) => `${name} ${source}`),
      ['nas.home.example dns', 'nas.local mdns'],
    );
    assert.equal(await ask(), null, 'it was asked a moment ago');
    await clock.sleep(7 * 3_600_000);
    assert.equal((await ask())?.length, 2);
    assert.deepEqual(await names.addressesOf('nas.local', new AbortController().signal), ['192.168.77.10']);
    assert.deepEqual(await names.addressesOf('phone', new AbortController().signal), []);
  });
});
