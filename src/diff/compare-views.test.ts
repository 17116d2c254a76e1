import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, guess, HOUR, mac, port, seen, service } from '../../test/make/device.ts';
import { ALL, belief, compared, look, script, told } from '../../test/make/view.ts';
import { NO_COVERAGE, type Observation, parsePorts, untrusted } from '../core/index.ts';
import { parseIgnore } from './ignore.ts';

const host = (address: string, ...ports: Observation['ports']): Observation => seen(address, null, { ports });
const asking = (addresses: string, ports?: string) => ({ coverage: covering([addresses], ports) });

test('law 2: a host outside what the other side asked has neither left nor appeared', () => {
  const inner = look([host('10.0.0.1')], asking('10.0.0.0/28'));
  const outer = look([host('10.0.0.1'), host('10.0.0.9'), host('10.0.0.77', port(22))]);
  assert.deepEqual(told(outer, inner), ['10.0.0.9: device.left', '10.0.0.77: b 10.0.0.77 was not asked']);
  assert.deepEqual(told(inner, outer), ['10.0.0.9: device.appeared', '10.0.0.77: a 10.0.0.77 was not asked']);
});

test('law 2: of a file that was cut off, the hosts after the cut are unknown', () => {
  const whole = look([host('10.0.0.1'), host('10.0.0.2'), host('10.0.0.3')]);
  const cut = look([host('10.0.0.1')], { coverage: covering(['10.0.0.1'], '1-1000'), partial: 'the file ends inside a host' });
  const { sides, devices, sum } = compared(whole, cut);
  assert.equal(sides.b.partial, 'the file ends inside a host');
  assert.deepEqual(
    devices.map(({ unknown }) => unknown),
    [[{ what: 'device', side: 'b', text: '10.0.0.2 was not asked' }], [{ what: 'device', side: 'b', text: '10.0.0.3 was not asked' }]],
  );
  assert.deepEqual(sum, { kind: 'sum', same: 1, different: 0, unknown: 2, kinds: {}, ignored: 0 });
});

test('law 2: a scan that covers nothing makes nobody leave and nobody appear', () => {
  const failed = look([host('10.0.0.1')], { coverage: NO_COVERAGE });
  const full = look([host('10.0.0.2', port(22))]);
  assert.deepEqual(told(full, failed), ['10.0.0.1: device.appeared', '10.0.0.2: b 10.0.0.2 was not asked']);
});

test('law 2, R8: a host that the scan gave up on is there, and its ports are unknown', () => {
  const well = look([host('10.0.0.1', port(22), port(80))]);
  const late = look([seen('10.0.0.1', null, { timedOut: true })]);
  assert.deepEqual(told(well, late), ['10.0.0.1: b tcp ports 22,80 were not asked']);
  assert.deepEqual(told(late, well), ['10.0.0.1: a tcp ports 22,80 were not asked']);
});

test('law 2: a port may be open at an address that the other side did not ask', () => {
  const both = look([seen('10.0.0.1', 1, { ports: [port(22)] }), seen('fd00::1', 1, { ports: [port(80)] })], {
    coverage: covering(['10.0.0.0/24', 'fd00::/120'], '1-1000'),
  });
  const half = look([seen('10.0.0.1', 1, { ports: [port(22)] })]);
  assert.deepEqual(told(both, half), ['10.0.0.1: b tcp port 80 was not asked at fd00::1']);
  assert.deepEqual(told(half, both), ['10.0.0.1: a tcp port 80 was not asked at fd00::1']);
  const gone = look([seen('10.0.0.1', 1, { ports: [port(22)] })], { coverage: both.coverage });
  assert.deepEqual(told(both, gone), ['10.0.0.1: device.readdressed; port.closed 80']);
});

test('law 2: who asked one of two addresses cannot say that the device left', () => {
  const both = look([seen('10.0.0.1', 1), seen('fd00::1', 1)], { coverage: covering(['10.0.0.0/24', 'fd00::/120']) });
  assert.deepEqual(told(both, look([])), ['10.0.0.1: b fd00::1 was not asked']);
  assert.deepEqual(told(both, look([], { coverage: both.coverage })), ['10.0.0.1: device.left']);
});

test('a port that went into the ports that are only counted is what that group is', () => {
  const open = look([host('10.0.0.1', port(22), port(80), port(443))]);
  const counted = (state: 'filtered' | 'closed', ports: string | null) => ({
    protocol: 'tcp' as const,
    state,
    count: 990,
    ports: ports === null ? null : (parsePorts(ports) ?? []),
  });
  const silent = look([seen('10.0.0.1', null, { ports: [port(22, 'closed')], unlisted: [counted('filtered', null)] })]);
  assert.deepEqual(told(open, silent), ['10.0.0.1: port.closed 22; port.filtered 80; port.filtered 443']);
  assert.deepEqual(told(silent, open), ['10.0.0.1: port.opened 22; port.opened 80; port.opened 443']);
  const exact = look([seen('10.0.0.1', null, { unlisted: [counted('filtered', '1-100'), counted('closed', '101-1000')] })]);
  assert.deepEqual(told(open, exact), ['10.0.0.1: port.filtered 22; port.filtered 80; port.closed 443']);
});

test('a device in the store that is away has left, and one that is back has returned', () => {
  const [here, away, nobodyKnows] = (['present', 'away', 'unknown'] as const).map((presence) => belief([device({ presence })]));
  assert.ok(here && away && nobodyKnows);
  assert.deepEqual(compared(here, away).devices[0]?.differences, [
    {
      kind: 'device.left',
      before: { presence: 'present', lastSeen: '2026-01-05T08:00:00.000Z' },
      after: { presence: 'away', addresses: ['10.0.0.1'] },
    },
  ]);
  assert.deepEqual(told(away, here), ['10.0.0.1: device.returned']);
  assert.deepEqual(told(here, nobodyKnows), ['10.0.0.1: b nobody had looked for it lately']);
  assert.deepEqual(told(nobodyKnows, away), ['10.0.0.1: a nobody had looked for it lately']);
  for (const view of [here, away, nobodyKnows]) assert.deepEqual(told(view, view), []);
});

test('a device that is away on one side and not listed on the other is no difference', () => {
  const away = belief([device({ presence: 'away' })]);
  for (const [a, b] of [
    [away, look([])],
    [look([]), away],
  ] as const)
    assert.deepEqual(compared(a, b).sum, { kind: 'sum', same: 1, different: 0, unknown: 0, kinds: {}, ignored: 0 });
  assert.deepEqual(told(belief([device({ presence: 'unknown' })]), look([])), ['10.0.0.1: a nobody had looked for it lately']);
});

test('a device that left or appeared is told like the change of that name', () => {
  const there = look([seen('10.0.0.1', 1, { ports: [port(22)], vendor: untrusted('Acme') })]);
  const [left] = compared(there, look([])).devices;
  assert.deepEqual(left, {
    kind: 'device',
    device: { id: null, name: null, addresses: ['10.0.0.1'], macs: [mac(1)], vendor: 'Acme' },
    pairedBy: null,
    differences: [
      {
        kind: 'device.left',
        before: { presence: 'present', lastSeen: '2026-01-05T08:00:00.000Z' },
        after: { presence: 'away', addresses: ['10.0.0.1'] },
      },
    ],
    unknown: [],
  });
  const [appeared] = compared(look([]), there).devices[0]?.differences ?? [];
  assert.deepEqual([appeared?.kind, appeared?.before, appeared?.after?.['openPorts']], ['device.appeared', null, 1]);
});

test('devices come in the order of their addresses as numbers, IPv4 first, those without one last', () => {
  const addresses = ['10.0.0.100', 'fd00::10', '9.0.0.1', '10.0.0.9', 'fd00::9', '10.0.0.10'];
  const coverage = covering(['10.0.0.0/24', '9.0.0.1', 'fd00::/120']);
  const stored = [
    { mac: mac(3), vendor: null },
    { mac: mac(2), vendor: null },
  ].map((entry, i) => device({ id: i + 1, at: [], macs: [entry], presence: 'unknown' }));
  const named = device({ id: 9, at: [], names: [{ name: untrusted('a'), source: 'dns' }] });
  const a = look(
    addresses.slice(0, 3).map((address) => seen(address)),
    { coverage },
  );
  const b = belief([...stored, named, ...addresses.slice(3).map((address, i) => device({ id: 20 + i, at: [address] }))], { coverage });
  const order = compared(a, b).devices.map(({ device: { addresses: at, macs, name } }) => at[0] ?? macs[0] ?? name);
  assert.deepEqual(order, ['9.0.0.1', '10.0.0.9', '10.0.0.10', '10.0.0.100', 'fd00::9', 'fd00::10', mac(2), mac(3), 'a']);
});

test('an address that changed hands: one device left there, another appeared, in this order', () => {
  assert.deepEqual(told(look([seen('10.0.0.5', 1)]), look([seen('10.0.0.5', 2)])), ['10.0.0.5: device.left', '10.0.0.5: device.appeared']);
});

test('services: two answers are compared, and a side that did not ask is unknown, once for each device', () => {
  const coverage = { ...ALL, depth: 'versions' as const };
  const old = [
    port(22, 'open', service('OpenSSH', { version: '9.2' })),
    port(80, 'open', service('nginx')),
    port(443, 'open', service('nginx')),
  ];
  const fresh = [port(22, 'open', service('OpenSSH', { version: '9.9' })), port(80, 'open', service('nginx')), port(443)];
  const asked = look([host('10.0.0.1', ...old)], { coverage });
  assert.deepEqual(told(asked, look([host('10.0.0.1', ...fresh)], { coverage })), ['10.0.0.1: service.changed 22']);
  const guessed = [port(22, 'open', guess('ssh')), port(80, 'open', guess('http')), port(443)];
  assert.deepEqual(told(asked, look([host('10.0.0.1', ...guessed)])), ['10.0.0.1: b the services of tcp ports 22,80,443 were not asked']);
  assert.deepEqual(told(look([host('10.0.0.1', port(80))]), look([host('10.0.0.1', port(80, 'open', service('x')))], { coverage })), [
    '10.0.0.1: a the service of tcp port 80 was not asked',
  ]);
});

test('an operating system that reads otherwise has changed; one that was not looked for has not', () => {
  const os = (text: string | null) => look([seen('10.0.0.1', null, { os: text === null ? null : untrusted(text) })]);
  assert.deepEqual(compared(os('Linux 5'), os('Linux 6')).devices[0]?.differences, [
    { kind: 'os.changed', before: { os: 'Linux 5' }, after: { os: 'Linux 6' } },
  ]);
  assert.deepEqual([...told(os('Linux 5'), os(null)), ...told(os(null), os('Linux 6')), ...told(os('Linux 5'), os('Linux 5'))], []);
});

test('the sides are told in words, with what they ran differently', () => {
  const a = look([host('10.0.0.1')], { title: 'monday.xml', scriptChoice: 'default', warnings: ['half a host was left out'] });
  const b = look([host('10.0.0.1')], { title: 'tuesday.xml', at: null });
  const { sides } = compared(a, b);
  assert.deepEqual(sides, {
    kind: 'sides',
    a: {
      source: 'file',
      title: 'monday.xml',
      at: '2026-01-05T08:00:00.000Z',
      partial: null,
      warnings: ['half a host was left out'],
      devices: 1,
    },
    b: {
      source: 'file',
      title: 'tuesday.xml',
      at: null,
      partial: null,
      warnings: ['it ran no scripts, so what the scripts of the other side (default) say is not compared'],
      devices: 1,
    },
  });
  const other = look([], { scriptChoice: 'vuln' });
  assert.match(compared(a, other).sides.a.warnings.join(), /it ran other scripts \(default\) than the other side \(vuln\)/);
  assert.deepEqual(compared(a, a).sides.a.warnings, ['half a host was left out']);
});

test('a time that no calendar has, as a hostile file may claim, is no time', () => {
  const far = look([seen('10.0.0.1', null, { seenAt: 1e300 })], { at: 1e300 });
  const { sides, devices } = compared(far, look([]));
  assert.equal(sides.a.at, null);
  assert.equal(devices[0]?.differences[0]?.before?.['lastSeen'], null);
});

test('the sum counts devices, kinds, and what the rules left out', () => {
  const rules = parseIgnore(['port:80', 'script:http-title']);
  assert.ok(rules.ok);
  const scripts = { scriptChoice: 'default' };
  const a = look(
    [
      [host('10.0.0.1', port(22), port(81)), script('http-title', 'A', 'tcp/81')],
      host('10.0.0.2'),
      host('10.0.0.3', port(80)),
      host('10.0.0.4'),
    ],
    scripts,
  );
  const b = look(
    [
      [host('10.0.0.1', port(80), port(81)), script('http-title', 'B', 'tcp/81')],
      host('10.0.0.2', port(22)),
      host('10.0.0.3'),
      host('10.0.0.4'),
    ],
    scripts,
  );
  assert.deepEqual(compared(a, b, rules.value).sum, {
    kind: 'sum',
    same: 2,
    different: 2,
    unknown: 0,
    kinds: { 'port.opened': 1, 'port.closed': 1 },
    ignored: 3,
  });
});

test('an ignored port is not told as unknown either', () => {
  const rules = parseIgnore(['port:22']);
  assert.ok(rules.ok);
  const [sweep, scan] = [look([host('10.0.0.1')], asking('10.0.0.0/24')), look([host('10.0.0.1', port(22), port(80))])];
  assert.deepEqual(told(sweep, scan, rules.value), ['10.0.0.1: a tcp port 80 was not asked']);
});

test('devices with equal fingerprints are the same unread; all others are read once, when their turn comes', () => {
  const reads: number[] = [];
  const marked = (marks: readonly (string | null)[], ...hosts: readonly Observation[]) => {
    const view = look(hosts);
    const entries = view.entries.map((entry, i) => ({ ...entry, fingerprint: marks[i] ?? null }));
    return { ...view, entries, read: (place: number) => (reads.push(place), view.read(place)) };
  };
  const hosts = [host('10.0.0.4'), host('10.0.0.3'), host('10.0.0.2'), host('10.0.0.1')];
  const { sum } = compared(marked(['x', 'y', null, 'z'], ...hosts), marked(['x', 'Y', null, 'z'], ...hosts, host('10.0.0.9', port(22))));
  assert.deepEqual(reads, [2, 2, 1, 1, 4]);
  assert.deepEqual([sum.same, sum.different], [4, 1]);
});

test('a file against the store: an away device that answers has returned, whatever was known of it is compared', () => {
  const stored = device({ id: 7, alias: 'printer', presence: 'away', ports: [port(80)], asked: { tcp: [[1, 1000]] }, lastSeen: AT - HOUR });
  const { devices } = compared(belief([stored]), look([host('10.0.0.1', port(443))]));
  assert.deepEqual(
    devices.map((one) => [one.device.id, one.device.name, one.pairedBy, one.differences.map(({ kind }) => kind)]),
    [[7, 'printer', 'address', ['device.returned', 'port.closed', 'port.opened']]],
  );
});
