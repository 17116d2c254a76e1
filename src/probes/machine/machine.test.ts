import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatRange } from '../../core/index.ts';
import { fromLibuv, parseIpAddr } from './link-addresses.ts';
import { createMachine } from './machine.ts';
import { networksOf } from './networks.ts';
import { capabilityPassesOn, readPrivileged } from './privileges.ts';
import { parseRoutes4, parseRoutes6, routeTo } from './routes.ts';
import { createToolbox } from './tools.ts';

/** A made-up /sys with these interfaces, and no iproute2 in sight. */
function madeUpTree(interfaces: Record<string, Record<string, string>>): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  for (const [iface, attributes] of Object.entries(interfaces)) {
    mkdirSync(join(root, 'sys/class/net', iface), { recursive: true });
    for (const [name, text] of Object.entries(attributes)) writeFileSync(join(root, 'sys/class/net', iface, name), `${text}\n`);
  }
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

test('an interface is up, has carrier and counts its flaps as sysfs says', async () => {
  const { root, remove } = madeUpTree({
    eth7: { flags: '0x1003', type: '1', address: '02:00:5E:00:53:01', carrier: '1', carrier_changes: '4' },
    down7: { flags: '0x1002', type: '1', address: '02:00:5e:00:53:02', carrier_changes: '9' },
    tun7: { flags: '0x1091', type: '65534', address: '', carrier: '1', carrier_changes: '1' },
    lo: { flags: '0x9', type: '772', address: '00:00:00:00:00:00', carrier: '1', carrier_changes: '0' },
  });
  try {
    writeFileSync(join(root, 'sys/class/net/bonding_masters'), '\n');
    symlinkSync(join(root, 'sys/class/net/eth7'), join(root, 'sys/class/net/eth8'));
    const links = await createMachine({ sysfs: join(root, 'sys'), path: '' }).links();
    assert.deepEqual(
      links.map(({ iface, up, carrier, carrierChanges }) => [iface, up, carrier, carrierChanges]),
      [
        ['down7', false, false, 9],
        ['eth7', true, true, 4],
        ['eth8', true, true, 4],
        ['lo', true, true, 0],
        ['tun7', true, true, 1],
      ],
    );
    const neighbourly = links.filter((link) => link.neighbourly).map(({ iface }) => iface);
    assert.deepEqual(neighbourly, ['down7', 'eth7', 'eth8'], 'a tunnel (NOARP, no Ethernet) and the loopback have no neighbours');
    assert.equal(links.find(({ iface }) => iface === 'eth7')?.mac, '02:00:5e:00:53:01');
    assert.equal(links.find(({ iface }) => iface === 'lo')?.loopback, true);
  } finally {
    remove();
  }
});

test('without /sys and /proc the machine knows less, and says so with null', async () => {
  const machine = createMachine({ sysfs: '/nonexistent', procfs: '/nonexistent', path: '' });
  const loopback = (await machine.links()).find((link) => link.loopback);
  assert.equal(loopback?.carrier, null);
  assert.equal(loopback?.carrierChanges, null);
  assert.equal(await machine.routes(), null);
  assert.equal(await machine.tool('nmap'), null);
  assert.deepEqual(await machine.leash(), []);
});

test('this machine has a loopback with 127.0.0.1', async () => {
  const links = await createMachine().links();
  const loopback = links.find((link) => link.loopback);
  assert.equal(loopback?.up, true);
  assert.ok(loopback?.addresses.some(({ address, prefix }) => address === '127.0.0.1' && prefix === 8));
});

const IP_ADDR = JSON.stringify([
  {
    ifname: 'va',
    flags: ['BROADCAST', 'MULTICAST'],
    operstate: 'DOWN',
    address: 'b2:9e:d5:a4:25:d1',
    addr_info: [
      { family: 'inet', local: '10.77.0.1', prefixlen: 24 },
      { family: 'inet6', local: 'fe80::1', prefixlen: 64 },
      { family: 'inet', local: 'nonsense', prefixlen: 24 },
    ],
  },
  {},
]);

test('iproute2 tells the addresses of an interface that is down', () => {
  const found = parseIpAddr(IP_ADDR)?.get('va');
  assert.equal(found?.mac, 'b2:9e:d5:a4:25:d1');
  assert.deepEqual(found?.addresses, [
    { address: '10.77.0.1', prefix: 24 },
    { address: 'fe80::1', prefix: 64 },
  ]);
});

test('what is not the JSON of iproute2 is refused, so that the next source is asked', () => {
  for (const text of ['', '1: lo: <LOOPBACK,UP>', '{}', 'null']) assert.equal(parseIpAddr(text), null, text);
});

test('libuv says the same of running interfaces', () => {
  const entry = {
    address: '10.0.0.5',
    netmask: '255.255.255.0',
    mac: '02:00:5e:00:53:09',
    internal: false,
    family: 'IPv4',
    cidr: '10.0.0.5/24',
  } as const;
  const found = fromLibuv({ en0: [entry], gone: undefined });
  assert.deepEqual(found.get('en0'), { mac: '02:00:5e:00:53:09', loopback: false, addresses: [{ address: '10.0.0.5', prefix: 24 }] });
  assert.deepEqual(found.get('gone')?.addresses, []);
});

const plainLink = { mac: null, loopback: false, neighbourly: true, up: true, carrier: true, carrierChanges: 0 };

test('networks are named by block; lone addresses and fe80::/64 are none', () => {
  const addresses = [
    { address: '10.77.0.1', prefix: 24 },
    { address: '10.77.0.9', prefix: 24 },
    { address: '100.64.0.1', prefix: 32 },
    { address: 'fe80::1', prefix: 64 },
    { address: 'fd00::2', prefix: 64 },
  ];
  const networks = networksOf([
    { ...plainLink, iface: 'va', addresses },
    { ...plainLink, iface: 'lo', loopback: true, addresses: [{ address: '::1', prefix: 128 }] },
  ]);
  assert.deepEqual(
    networks.map(({ iface, block, loopback }) => [iface, block, loopback]),
    [
      ['va', '10.77.0.0/24', false],
      ['va', 'fd00::/64', false],
      ['lo', '::1/128', true],
    ],
  );
  assert.equal(formatRange(networks[0]?.range as never), '10.77.0.0/24');
});

const ROUTES4 = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
vc	00000000	02004E0A	0003	0	0	0	00000000	0	0	0
vc	00004D0A	02004E0A	0003	0	0	0	F0FFFFFF	0	0	0
va	00004D0A	00000000	0001	0	0	0	00FFFFFF	0	0	0
*	0000630A	00000000	0200	0	0	0	00FFFFFF	0	0	0
off	0000620A	00000000	0000	0	0	0	00FFFFFF	0	0	0
`;

const ROUTES6 = `fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 00000002 00000000 00000003     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`;

const sorted = (routes: ReturnType<typeof parseRoutes4>) => routes.toSorted((a, b) => b.prefix - a.prefix || a.metric - b.metric);

test('the longest prefix wins, as in the kernel', () => {
  const routes = sorted(parseRoutes4(ROUTES4));
  assert.equal(routeTo(routes, '10.77.0.5')?.iface, 'vc');
  assert.equal(routeTo(routes, '10.77.0.5')?.gateway, true);
  assert.equal(routeTo(routes, '10.77.0.99')?.iface, 'va');
  assert.equal(routeTo(routes, '10.77.0.99')?.gateway, false);
  assert.equal(routeTo(routes, '203.0.113.9')?.iface, 'vc');
});

test('a rejecting route is no route, and a route that is not up does not count', () => {
  const routes = sorted(parseRoutes4(ROUTES4));
  assert.equal(routeTo(routes, '10.99.0.1'), undefined);
  assert.equal(routeTo(routes, '10.98.0.1')?.iface, 'vc');
});

test('a line of the routing table that makes no sense is passed over, not guessed at', () => {
  const odd = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
va	0000000A	00000000	0001	0	0	0	FF
va	zzzzzzzz	00000000	0001	0	0	0	00FFFFFF
va	00004D0A	00000000	0001	0	0	x	00FF00FF
va	00004D0A	00000000	0001	0	0	0	00FFFFFF
`;
  assert.deepEqual(
    parseRoutes4(odd).map(({ iface, prefix }) => `${iface} ${prefix}`),
    ['va 24'],
  );
  assert.deepEqual(parseRoutes6(ROUTES6.replaceAll(' 40 ', ' ff ').replaceAll(' 00 ', ' zz ')), []);
});

test('IPv6 routes are read, the kernel’s catch-all rejection included', () => {
  const routes = sorted(parseRoutes6(ROUTES6));
  assert.equal(routeTo(routes, 'fd00::9')?.gateway, false);
  assert.equal(routeTo(routes, '2001:db8::1')?.iface, 'eth0');
  assert.equal(
    routeTo(
      routes.filter(({ rejects, gateway }) => rejects || !gateway),
      '2001:db8::1',
    ),
    undefined,
  );
});

test('junk in a routing table is passed over', () => {
  assert.deepEqual(parseRoutes4('Iface\n\nx\nva zz\n'), []);
  assert.deepEqual(parseRoutes6('\nnonsense 40 a b c d e f 1 eth0\n'), []);
});

const status = (sets: Record<string, string>): string =>
  Object.entries({ CapInh: '0', CapPrm: '0', CapEff: '0', CapBnd: '0', CapAmb: '0', ...sets })
    .map(([name, hex]) => `${name}:\t${hex.padStart(16, '0')}\n`)
    .join('');

test('R11: root without CAP_NET_RAW is not privileged; others are by the ambient set alone', () => {
  const raw = '2000';
  assert.equal(capabilityPassesOn(status({ CapEff: raw, CapBnd: raw }), true), true);
  assert.equal(capabilityPassesOn(status({ CapEff: 'dfff', CapBnd: 'dfff' }), true), false);
  assert.equal(
    capabilityPassesOn(status({ CapEff: raw, CapBnd: 'dfff' }), true),
    false,
    'a bounding set without it takes it from children',
  );
  assert.equal(capabilityPassesOn(status({ CapEff: raw, CapBnd: raw }), false), false, 'children of others lose what is not ambient');
  assert.equal(capabilityPassesOn(status({ CapEff: raw, CapAmb: raw }), false), true);
  assert.equal(capabilityPassesOn('', true), false);
});

test('without /proc being root is all there is to go by', () => {
  assert.equal(readPrivileged('/nonexistent', 0), true);
  assert.equal(readPrivileged('/nonexistent', 1000), false);
});

test('a program is found with its version; a directory or plain file of its name is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  try {
    mkdirSync(join(folder, 'first/nmap'), { recursive: true });
    writeFileSync(join(folder, 'first/tcpdump'), 'not a program');
    mkdirSync(join(folder, 'second'));
    writeFileSync(join(folder, 'second/nmap'), '#!/bin/sh\necho "Nmap version 7.93 ( https://nmap.org )"\n', { mode: 0o755 });
    const toolbox = createToolbox(`${folder}/first:${folder}/second`);
    assert.deepEqual(await toolbox.tool('nmap'), { path: join(folder, 'second/nmap'), version: '7.93' });
    assert.equal(toolbox.find('tcpdump'), null);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('R13: a setpriv that cannot set the death signal (busybox) is no leash', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  try {
    writeFileSync(join(folder, 'setpriv'), '#!/bin/sh\necho "unrecognized option: pdeathsig" >&2\nexit 1\n', { mode: 0o755 });
    assert.deepEqual(await createToolbox(folder).leash(), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
