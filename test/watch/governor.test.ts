import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS } from '../../src/config/index.ts';
import { Fault, isWithin, orFault, rangesOf, readGuard } from '../../src/core/index.ts';
import { AT, HOUR, MINUTE, mac, port, seen } from '../make/device.ts';
import { hostileTargets } from '../probes/hostile-targets.ts';
import { daily, declared, every, LAN, stand, told, watching } from './stand.ts';

const hosts = [seen('10.0.0.1', 1), seen('10.0.0.2', 2), seen('10.0.0.3', 3)];
const FOREIGN = '203.0.113.0/30';

test('S3: an allowance that ends while a scan waits in its lane lets no packet go, and one under way gets no longer than it holds', async () => {
  const allowance = {
    ranges: rangesOf(['203.0.113.0', '203.0.113.1', '203.0.113.2', '203.0.113.3']),
    owner: 'ops',
    until: AT + 30 * MINUTE,
  };
  const house = await stand({
    config: { self: { watch: false }, allowances: [allowance] },
    script: ({ order }) => ({ hosts: [], takes: Math.min(40 * MINUTE, order.plan.budget) }),
  });
  const first = await house.keeper.startScan({ targets: [FOREIGN], plan: 'ports' });
  const second = await house.keeper.startScan({ targets: [FOREIGN], plan: 'services' });
  await house.clock.pass(HOUR);
  await first.done;
  const { scan } = await second.done;
  assert.deepEqual([scan.outcome, scan.cause?.code, scan.commands], ['failed', 'out-of-scope', []]);
  assert.equal(house.prober.looks.length, 1);
  assert.equal(house.prober.looks[0]?.order.plan.budget, 30 * MINUTE);
  await house.end();
});

test('every look gets the pace of where it goes', async () => {
  const slow = { ...declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports')), limits: { rate: 20 } };
  const house = await stand({ config: { ...watching(slow), scan: { ...DEFAULTS.scan, rate: 500 } }, script: () => ({ hosts }) });
  await house.clock.pass(2 * HOUR);
  assert.ok(house.prober.looks.length > 10);
  for (const { order } of house.prober.looks) assert.deepEqual(order.pace, { rate: 20, perHost: 100 });
  await house.end();
});

test('whoever asks where a host name was found is held to its limits, follow-ups too', async () => {
  const nas = { ...declared('nas.lan', daily('0 9 * * *', 'UTC', 'ports')), limits: { rate: 20 } };
  const house = await stand({ config: watching(nas), script: () => ({ hosts: [seen('10.0.0.1', 1, { ports: [port(22)] })] }) });
  house.names.known.set('nas.lan', ['10.0.0.1']);
  await house.clock.pass(2 * HOUR);
  const { done } = await house.keeper.startScan({ targets: ['10.0.0.1'], plan: 'ports' });
  await house.clock.pass(MINUTE);
  await done;
  assert.deepEqual(
    house.prober.looks.map(({ plan, order }) => [plan, order.pace?.rate]),
    [
      ['ports', 20],
      ['services', 20],
      ['ports', 20],
    ],
  );
  await house.end();
});

test('a printer is asked apart and gently in the same scan, which says so and covers what each was asked', async () => {
  const printer = seen('10.0.0.3', 3, { ports: [port(9100)], vendor: null });
  const house = await stand({
    config: { self: { watch: false } },
    script: ({ addresses }) => ({
      hosts: [...hosts.slice(0, 2), printer].filter(
        ({ address }) => addresses === LAN || addresses.split(',').some((part) => covers(part, address)),
      ),
    }),
  });
  const scanned = async (plan: 'sweep' | 'ports' | 'services') => {
    const { done } = await house.keeper.startScan({ targets: [LAN], plan });
    await house.clock.pass(MINUTE);
    return done;
  };
  await scanned('ports');
  await house.keeper.editDevices([3], { type: 'printer' });
  const before = house.prober.looks.length;
  const { scan, warnings, hosts: found } = await scanned('ports');
  assert.deepEqual(
    house.prober.looks.slice(before).map(({ addresses, order }) => [addresses, order.plan.ports?.kind, order.pace?.perHost]),
    [
      ['10.0.0.0-10.0.0.2,10.0.0.4-10.0.0.255', 'top', 100],
      ['10.0.0.3', 'list', 10],
    ],
  );
  assert.match(warnings[0] ?? '', /^10\.0\.0\.3 is asked gently: .* \(it is a printer\)$/);
  assert.equal(scan.outcome, 'complete');
  assert.equal(found.length, 3);
  assert.deepEqual(
    scan.coverage?.apart?.map(({ addresses }) => addresses.length),
    [1],
  );
  const { warnings: deeper } = await scanned('services');
  assert.match(deeper[0] ?? '', /not what they serve/);
  assert.ok(house.prober.looks.every(({ addresses, order }) => addresses !== '10.0.0.3' || !order.plan.versions));
  await house.end();
});

function covers(part: string, address: string): boolean {
  const [from = '', to = from] = part.split('-');
  const last = (text: string): number => Number(text.split('.')[3]);
  return last(address) >= last(from) && last(address) <= last(to);
}

test('S3.6: whoever is asked gently, after the others, is not asked from another network than they were', async () => {
  let gateway = 9;
  const guard = { ...orFault(readGuard({ gateway: mac(9) })), ask: null };
  const house = await stand({
    config: { self: { watch: false }, guard },
    script: ({ addresses, plan }) => {
      if (addresses === '10.0.0.254') return { hosts: [seen('10.0.0.254', gateway)] };
      if (plan === 'services') gateway = 8; // carried away meanwhile
      return {
        hosts: addresses === '10.0.0.3' ? [seen('10.0.0.3', 3)] : hosts.filter(({ address }) => address !== '10.0.0.3' || plan === 'ports'),
      };
    },
  });
  const scanned = async (plan: 'ports' | 'services') => {
    const { done } = await house.keeper.startScan({ targets: ['10.0.0.1-10.0.0.3'], plan });
    await house.clock.pass(MINUTE);
    return (await done).scan;
  };
  await scanned('ports');
  await house.keeper.editDevices([3], { type: 'printer' });
  const { outcome, cause } = await scanned('services');
  assert.deepEqual([outcome, cause?.code], ['partial', 'wrong-vantage']);
  assert.ok(!house.prober.asked.includes('services 10.0.0.3'));
  await house.end();
});

test('who falls silent under a scan is told of once, left alone, and asked again once released', async () => {
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports'))),
    script: () => ({ hosts }),
  });
  await house.clock.pass(MINUTE);
  await house.keeper.editDevices([1, 2, 3], { type: 'server' });
  house.prober.afterwards = () => ({ hosts: hosts.slice(0, 2) });
  await house.clock.pass(2 * HOUR);
  const lines = (await told(house)).filter((line) => line.startsWith('device.harmed'));
  assert.equal(lines.length, 1);
  const device = house.keeper.findDevice('10.0.0.3');
  assert.ok(device.labels.harmed !== null);
  const sweeps = house.prober.asked.filter((one) => one.startsWith('sweep'));
  assert.equal(sweeps.at(-1), 'sweep 10.0.0.0-10.0.0.2,10.0.0.4-10.0.0.255');
  await house.keeper.editDevices([device.id], { harmed: null });
  assert.equal((await told(house)).filter((line) => line.startsWith('device.released')).length, 1);
  await house.clock.pass(2 * MINUTE);
  assert.equal(house.prober.asked.at(-1), `sweep ${LAN}`);
  await house.end();
});

test('R5: who is called in another network, where others answer in the places of ours, fell silent under no scan', async () => {
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports'))),
    script: () => ({ hosts }),
  });
  await house.clock.pass(MINUTE);
  await house.keeper.editDevices([1, 2, 3], { type: 'server' });
  house.prober.afterwards = () => ({ hosts: [seen('10.0.0.1', 501), seen('10.0.0.2', 502)] });
  await house.clock.pass(2 * HOUR);
  const harmed = (await told(house)).filter((line) => line.startsWith('device.harmed'));
  assert.deepEqual(harmed, []);
  await house.end();
});

test('of several commands the one is told that asked whoever fell silent', async () => {
  const commands = hosts.map(({ address }) => ['nmap', '--', address]);
  const house = await stand({ config: { self: { watch: false } }, script: () => ({ hosts, commands }) });
  const scanned = async () => {
    const { done } = await house.keeper.startScan({ targets: [LAN], plan: 'ports' });
    await house.clock.pass(MINUTE);
    await done;
  };
  await scanned();
  await house.keeper.editDevices([1, 2, 3], { type: 'server' });
  house.prober.afterwards = () => ({ hosts: hosts.slice(0, 2) });
  await scanned();
  const [harmed] = await house.store.changes({ kinds: ['device.harmed'], limit: 1 });
  assert.equal(harmed?.after?.['command'], 'nmap -- 10.0.0.3');
  await house.end();
});

test('without raw packets silence proves nothing, and blames nobody', async () => {
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports'))),
    script: () => ({ hosts, privileged: false }),
  });
  await house.clock.pass(MINUTE);
  await house.keeper.editDevices([1, 2, 3], { type: 'server' });
  house.prober.afterwards = () => ({ hosts: hosts.slice(0, 2), privileged: false });
  await house.clock.pass(2 * HOUR);
  assert.deepEqual(
    (await told(house)).filter((line) => line.startsWith('device.harmed')),
    [],
  );
  await house.end();
});

test('when everybody falls silent under a scan nobody is blamed', async () => {
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports'))),
    script: () => ({ hosts }),
  });
  await house.clock.pass(MINUTE);
  await house.keeper.editDevices([1, 2, 3], { type: 'server' });
  house.prober.afterwards = () => ({ hosts: [] });
  await house.clock.pass(2 * HOUR);
  assert.deepEqual(
    (await told(house)).filter((line) => line.startsWith('device.harmed')),
    [],
  );
  assert.ok(house.log.lines.some((line) => line.includes('fell silent under the scan')));
  await house.end();
});

test('who falls silent with all of a network behind a router is not blamed, whoever answers here', async () => {
  const far = [seen('10.9.0.1', null, { ports: [port(22)] }), seen('10.9.0.2', null, { ports: [port(22)] })];
  const house = await stand({
    config: { self: { watch: false } },
    script: ({ addresses }) => ({ hosts: [...hosts, ...far].filter(({ address }) => address.startsWith(addresses.slice(0, 4))) }),
  });
  const scanned = async (target: string) => {
    const { done } = await house.keeper.startScan({ targets: [target], plan: 'ports' });
    await house.clock.pass(MINUTE);
    return done;
  };
  await scanned(LAN);
  await scanned('10.9.0.0/29');
  await house.clock.pass(HOUR);
  // Here they answer, there nobody does any more: the router in between fell silent, and with it the one that was asked.
  house.prober.afterwards = ({ order }) => ({ hosts: hosts.filter(({ address }) => isWithin(order.addresses, address)) });
  house.prober.script = () => ({ hosts: far.slice(0, 1) });
  await scanned('10.9.0.1');
  assert.equal(house.keeper.findDevice('10.9.0.1').labels.harmed, null);
  await house.end();
});

test('law 1: many that fall silent under a scan together close and filter no port', async () => {
  let lost = false;
  const many = Array.from(
    { length: 40 },
    (_, i) => (state: 'open' | 'filtered') => seen(`10.0.0.${i + 1}`, i + 1, { ports: [port(22, state)] }),
  );
  const house = await stand({
    config: { self: { watch: false } },
    script: () => ({ hosts: many.map((host) => host(lost ? 'filtered' : 'open')) }),
  });
  const scanned = async () => {
    const { done } = await house.keeper.startScan({ targets: [LAN], plan: 'ports' });
    await house.clock.pass(MINUTE);
    return (await done).changes.map(({ kind }) => kind);
  };
  assert.equal((await scanned()).length, 40);
  // Their switch dies after they were found and before their ports were.
  lost = true;
  house.prober.afterwards = () => ({ hosts: [] });
  assert.deepEqual(await scanned(), []);
  assert.ok(house.keeper.roll().devices.every(({ ports }) => ports[0]?.state === 'open'));
  await house.end();
});

test('S1-S3: no hostile guard, target or port of a scan by hand starts anything', async () => {
  const house = await stand({ config: { self: { watch: false } }, script: () => ({ hosts }) });
  let refused = 0;
  for (const text of hostileTargets()) {
    const requests = [{ guard: { gateway: text } }, { guard: { public: text } }, { guard: { network: text } }, { ports: text, now: true }];
    for (const request of requests) {
      const begun = await house.keeper.startScan({ targets: ['10.0.0.1'], plan: 'ports', ...request }).catch((fault: unknown) => fault);
      if (begun instanceof Fault) {
        assert.ok(['bad-input', 'refused'].includes(begun.code));
        assert.ok(!begun.message.includes(String.fromCharCode(27)), 'nothing in it moves a cursor');
        refused++;
      } else if (request.guard?.network !== undefined) assert.match(text, /^[0-9a-f.:]+\/\d+$/i);
      else assert.match(text, /^[0-9,-]+$|^all$|^top \d+$|^[0-9a-f:-]{17}$/i);
    }
  }
  await house.clock.pass(HOUR);
  assert.ok(refused > 2000, `${refused}`);
  assert.ok(house.prober.looks.every(({ addresses }) => addresses === '10.0.0.1' || addresses === '10.0.0.254'));
  await house.end();
});
