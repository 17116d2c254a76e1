import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, mac, name, seen } from '../../test/make/device.ts';
import { belief, compared, look, told } from '../../test/make/view.ts';
import type { Device, HostName, View } from '../core/index.ts';

const kinds = (a: View, b: View): string[] => compared(a, b).devices.flatMap(({ differences }) => differences.map(({ kind }) => kind));
const named = (...names: HostName[]): View => look([seen('10.0.0.1', null, { names })]);
const stored = (fields: Parameters<typeof device>[0]): View => belief([device(fields)]);
const macs = (...numbers: number[]): Device['macs'] => numbers.map((number) => ({ mac: mac(number), vendor: null }));

test('another name is another identity; a name that only one side asked for is not', () => {
  assert.deepEqual(compared(named(name('a')), named(name('b'))).devices[0]?.differences, [
    { kind: 'identity.changed', before: { names: ['a'] }, after: { names: ['b'] } },
  ]);
  assert.deepEqual(kinds(named(name('a')), named()), []);
  assert.deepEqual(kinds(look([seen('10.0.0.1')]), named(name('a'))), []);
});

test('who left was seen last when the side that calls it away says', () => {
  const [there, away] = [stored({ lastSeen: AT + HOUR }), stored({ lastSeen: AT, presence: 'away' })];
  const [left] = compared(there, away).devices.flatMap(({ differences }) => differences);
  assert.deepEqual([left?.kind, left?.before], ['device.left', { presence: 'present', lastSeen: new Date(AT).toISOString() }]);
});

test('one look asks few sources: its names are compared with those of the same source', () => {
  const believed = stored({ names: [name('printer', 'dhcp'), name('printer.lan')] });
  assert.deepEqual(kinds(believed, named(name('printer.lan'))), []);
  assert.deepEqual(kinds(believed, named(name('scanner.lan'))), ['identity.changed']);
  assert.deepEqual(kinds(named(name('a', 'scan')), named(name('b', 'dns'))), []);
  assert.deepEqual(kinds(stored({ names: [name('a', 'dns')] }), stored({ names: [name('b', 'dhcp')] })), ['identity.changed']);
});

test('one look shows one network card; of two beliefs about one device all are compared', () => {
  const [one, both, other] = [stored({ macs: macs(1) }), stored({ macs: macs(1, 2) }), stored({ macs: macs(3) })];
  assert.deepEqual(kinds(one, both), ['identity.changed']);
  assert.deepEqual(kinds(one, other), ['identity.changed']);
  assert.deepEqual(kinds(both, look([seen('10.0.0.1', 2)])), []);
  assert.deepEqual(kinds(stored({}), both), [], 'a first MAC was merely learned');
});

test('another address is a change when a side that asked there did not see the device', () => {
  const moved = (from: string, to: string, coverage: View['coverage']): string[] =>
    told(look([seen(from, 1)], { coverage }), look([seen(to, 1)], { coverage }));
  assert.deepEqual(moved('10.0.0.1', '10.0.0.2', covering(['10.0.0.1'])), ['10.0.0.2: device.readdressed']);
  assert.deepEqual(moved('10.0.0.1', '10.0.0.2', covering(['10.0.0.2'])), ['10.0.0.2: device.readdressed']);
  assert.deepEqual(moved('10.0.0.1', '10.0.0.2', covering(['10.0.9.0/24'])), [
    '10.0.0.2: b 10.0.0.1 was not asked; a 10.0.0.2 was not asked',
  ]);
});

test('an address more, where the other side did not ask, moves nobody: the first look with IPv6', () => {
  const v4 = look([seen('10.0.0.1', 1)]);
  const both = look([seen('10.0.0.1', 1), seen('fd00::1', 1)], { coverage: covering(['10.0.0.0/24', 'fd00::/120']) });
  assert.deepEqual([...told(v4, both), ...told(both, v4)], []);
  assert.deepEqual(kinds(look([seen('10.0.0.1', 1)], { coverage: both.coverage }), both), ['device.readdressed']);
});

test('an address still believed in that a scan had missed, and that was not seen since, moves nobody', () => {
  const scan = look([seen('10.0.0.1', 1)], { at: AT });
  const believed = (seenAt: number): View => {
    const addresses = [
      { address: '10.0.0.1', seenAt: AT },
      { address: '10.0.0.2', seenAt },
    ];
    return belief([{ ...device({ macs: macs(1) }), addresses }], { at: AT + HOUR });
  };
  assert.deepEqual([...told(scan, believed(AT - HOUR)), ...told(believed(AT - HOUR), scan)], []);
  assert.deepEqual(told(scan, believed(AT + HOUR)), ['10.0.0.1: device.readdressed']);
});

test('many addresses that were not asked are told in short', () => {
  const many = look(Array.from({ length: 6 }, (_, i) => seen(`10.0.0.${i + 1}`, 1)));
  assert.deepEqual(told(many, look([], { coverage: covering(['10.9.0.0/24']) })), [
    '10.0.0.1: b 10.0.0.1, 10.0.0.2, 10.0.0.3 and 3 more were not asked',
  ]);
  assert.deepEqual(told(stored({ at: [], macs: macs(1) }), look([])), [`${mac(1)}: b it has no address to ask`]);
});

test("the user's own name for a device is told wherever one side knows it", () => {
  const alias = stored({ alias: 'my printer', presence: 'away', names: [name('p1')] });
  const told_ = (a: View, b: View) => compared(a, b).devices[0]?.device;
  assert.equal(told_(alias, named(name('p1')))?.name, 'my printer');
  assert.deepEqual([told_(named(name('p1')), alias)?.name, told_(named(name('p1')), alias)?.id], ['my printer', 1]);
});
