import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { needs } from '../needs.ts';
import { type Looker, type PrintedReport, startLooker } from './looker.ts';
import { layWire, type Wire } from './wire.ts';

const NEEDS = needs('netns', 'nmap', 'setpriv');
const NETWORK = ['10.77.0.0/28'];

/** A wire, and a process that looks from here; both gone afterwards. */
async function onWire(work: (wire: Wire, looker: Looker) => Promise<void>): Promise<void> {
  const wire = layWire();
  const looker = startLooker(wire.here);
  try {
    await work(wire, looker);
  } finally {
    await looker.close();
    wire.remove();
  }
}

const addresses = ({ observations }: PrintedReport): string[] => observations.map(({ address }) => address).sort();

function provesNothing(report: PrintedReport, ...codes: string[]): void {
  assert.equal(report.outcome, 'failed', JSON.stringify(report));
  assert.ok(codes.includes(report.cause?.code ?? ''), `${report.cause?.code}: ${report.cause?.text}`);
  assert.deepEqual(report.coverage.addresses, []);
  assert.deepEqual(report.observations, []);
}

test('a sweep finds neighbours with their cards, and this machine with its own', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    const report = await looker.look({ targets: NETWORK, plan: 'sweep' });
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    assert.deepEqual(addresses(report), ['10.77.0.1', '10.77.0.2', '10.77.0.9']);
    const macs = Object.fromEntries(report.observations.map(({ address, mac }) => [address, mac]));
    assert.deepEqual(macs, { '10.77.0.1': wire.ownMac, '10.77.0.2': wire.mac, '10.77.0.9': wire.mac });
    assert.deepEqual(report.coverage.addresses, ['10.77.0.0/28']);
    assert.deepEqual(report.vantage, { iface: 'va', privileged: true });
    assert.equal(report.asked, 16);
    assert.equal(report.tool.name, 'nmap');
    assert.ok((report.raw ?? 0) > 100);
  });
});

test('IPv6 neighbours are found by address too', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    const report = await looker.look({ targets: ['fd77::/126'], plan: 'sweep' });
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    assert.deepEqual(addresses(report), ['fd77::1', 'fd77::2']);
    assert.equal(report.observations.find(({ address }) => address === 'fd77::2')?.mac, wire.mac);
  });
});

test('R1: interface down before the scan, found again when it is up', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    wire.ipHere('link', 'set', 'va', 'down');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep' }), 'interface-down');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep', iface: 'va' }), 'interface-down');
    wire.ipHere('link', 'set', 'va', 'up');
    assert.deepEqual(addresses(await looker.look({ targets: NETWORK, plan: 'sweep' })), ['10.77.0.1', '10.77.0.2', '10.77.0.9']);
  });
});

test('R1: interface down in the middle of the scan', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    const report = looker.look({ targets: ['10.77.0.0/26'], plan: 'sweep', change: { maxRate: 10, budget: 4000 } });
    await wait(1500);
    wire.ipHere('link', 'set', 'va', 'down');
    provesNothing(await report, 'interface-down');
  });
});

test('R1: interface down and up again in the middle of the scan', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    const report = looker.look({ targets: ['10.77.0.0/26'], plan: 'sweep', change: { maxRate: 20, budget: 4000 } });
    await wait(1000);
    wire.ipHere('link', 'set', 'va', 'down');
    wire.ipHere('link', 'set', 'va', 'up');
    provesNothing(await report, 'link-flapped');
  });
});

test('R2: no carrier', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    wire.ipThere('link', 'set', 'vb', 'down');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep' }), 'no-carrier');
  });
});

test('R3: the address is removed, before and during the scan', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    const report = looker.look({ targets: ['10.77.0.0/26'], plan: 'sweep', change: { maxRate: 20, budget: 4000 } });
    await wait(1000);
    wire.ipHere('addr', 'del', '10.77.0.1/24', 'dev', 'va');
    provesNothing(await report, 'address-lost');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep' }), 'address-lost');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep', iface: 'va' }), 'address-lost');
  });
});

test('R3: another address in its place', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    assert.equal((await looker.look({ targets: NETWORK, plan: 'sweep' })).outcome, 'complete');
    wire.ipHere('addr', 'del', '10.77.0.1/24', 'dev', 'va');
    wire.ipHere('addr', 'add', '10.99.0.1/24', 'dev', 'va');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep' }), 'address-lost');
  });
});

test('R4: the network is dead, and another way answers for it', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    wire.addDetour();
    assert.deepEqual(addresses(await looker.look({ targets: NETWORK, plan: 'sweep' })), ['10.77.0.1', '10.77.0.2', '10.77.0.9']);
    wire.ipHere('link', 'set', 'va', 'down');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep' }), 'interface-down');
    wire.ipHere('addr', 'flush', 'dev', 'va');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep' }), 'interface-down');
    wire.ipHere('link', 'del', 'va');
    provesNothing(await looker.look({ targets: NETWORK, plan: 'sweep' }), 'interface-gone');
  });
});

test('R4: a route past the wire does not lead raw frames astray', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    wire.addDetour();
    wire.ipHere('route', 'add', '10.77.0.0/28', 'via', '10.78.0.2');
    const report = await looker.look({ targets: NETWORK, plan: 'sweep' });
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    assert.ok(report.observations.every(({ mac }) => mac !== null));
  });
});

test('R7: one network of two is dead: the other is covered, it is not', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    wire.addDetour();
    wire.ipHere('link', 'set', 'va', 'down');
    const report = await looker.look({ targets: ['10.77.0.0/29', '10.78.0.0/30'], plan: 'sweep' });
    assert.equal(report.outcome, 'partial');
    assert.equal(report.cause?.code, 'interface-down');
    assert.deepEqual(
      addresses(report).filter((address) => address !== '10.77.0.1'),
      ['10.78.0.1', '10.78.0.2'],
    );
    assert.ok(report.coverage.addresses.every((text) => text.startsWith('10.78.') || text === '10.77.0.1'));
  });
});

test('R11 R12: with CAP_NET_RAW dropped it connects, and says so', NEEDS, async () => {
  const wire = layWire();
  const looker = startLooker([...wire.here, 'setpriv', '--bounding-set', '-net_raw', '--']);
  try {
    const report = await looker.look({ targets: NETWORK, plan: 'sweep' });
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    assert.equal(report.vantage.privileged, false);
    assert.ok(report.commands[0]?.includes('--unprivileged'));
    assert.deepEqual(addresses(report), ['10.77.0.1', '10.77.0.2', '10.77.0.9']);
  } finally {
    await looker.close();
    wire.remove();
  }
});

test('addresses nothing leads to are a failure, not absence', NEEDS, async () => {
  await onWire(async (_, looker) => {
    provesNothing(await looker.look({ targets: ['192.168.99.0/30'], plan: 'sweep' }), 'no-route');
  });
});

test('R8: a host timeout of the real nmap leaves presence and takes ports', NEEDS, async () => {
  await onWire(async (wire, looker) => {
    const change = { maxRate: 20, hostTimeout: 1500, ports: { kind: 'top', count: 200 } } as const;
    const report = await looker.look({ targets: ['10.77.0.2'], plan: 'ports', change });
    assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'host-timeouts']);
    assert.deepEqual(report.coverage.addresses, ['10.77.0.2']);
    assert.deepEqual(
      report.observations.map(({ mac, timedOut, ports }) => [mac, timedOut, ports]),
      [[wire.mac, true, []]],
    );
  });
});
