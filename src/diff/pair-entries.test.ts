import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, mac, name, port, seen } from '../../test/make/device.ts';
import { belief, compared, look, told } from '../../test/make/view.ts';
import type { ViewEntry } from '../core/index.ts';
import { pairEntries } from './pair-entries.ts';

const entry = (fields: Partial<ViewEntry>): ViewEntry => ({
  device: null,
  macs: [],
  addresses: [],
  names: [],
  fingerprint: null,
  ...fields,
});
const at = (...addresses: string[]): ViewEntry => entry({ addresses });

/** "0=1 mac", or "0=" for one that is left over in a. */
function pairing(a: readonly ViewEntry[], b: readonly ViewEntry[]): string {
  const { pairs, onlyA, onlyB } = pairEntries(a, b);
  return [
    ...pairs.map((pair) => `${pair.a}=${pair.b} ${pair.by}`),
    ...onlyA.map((place) => `${place}=`),
    ...onlyB.map((place) => `=${place}`),
  ].join(', ');
}

test('the id of the store beats everything, and two ids are two devices', () => {
  const [one, other] = [
    entry({ device: 1, macs: [mac(1)], addresses: ['10.0.0.1'] }),
    entry({ device: 1, macs: [mac(2)], addresses: ['10.0.0.2'] }),
  ];
  assert.equal(pairing([one], [entry({ ...one, device: 2 }), other]), '0=1 device, =0');
  assert.equal(pairing([one], [entry({ ...one, device: 2 })]), '0=, =0');
  assert.equal(pairing([one], [entry({ ...one, device: null })]), '0=0 mac');
});

test('of several entries with one id, as a scan of a device with two cards makes them, those at one address belong together', () => {
  const card = (address: string, number: number) => entry({ device: 5, macs: [mac(number)], addresses: [address] });
  assert.equal(pairing([card('10.0.0.1', 1), card('10.0.0.2', 2)], [card('10.0.0.2', 2), card('10.0.0.1', 1)]), '0=1 device, 1=0 device');
});

test('a MAC in common beats an address in common: a device that moved, while another took its address', () => {
  const a = [entry({ macs: [mac(1)], addresses: ['10.0.0.1'] }), entry({ macs: [mac(2)], addresses: ['10.0.0.2'] })];
  const b = [entry({ macs: [mac(2)], addresses: ['10.0.0.1'] }), entry({ macs: [mac(1)], addresses: ['10.0.0.2'] })];
  assert.equal(pairing(a, b), '0=1 mac, 1=0 mac');
});

test('of several entries with one MAC, those with an address in common belong together', () => {
  const router = (address: string) => entry({ macs: [mac(1)], addresses: [address] });
  assert.equal(pairing([router('10.0.0.1'), router('10.0.0.2')], [router('10.0.0.2'), router('10.0.0.3')]), '1=0 mac, 0=1 mac');
});

test('an address in common is enough, unless both have MACs and none in common', () => {
  const [nobody, first, second] = [
    at('10.0.0.1'),
    entry({ macs: [mac(1)], addresses: ['10.0.0.1'] }),
    entry({ macs: [mac(2)], addresses: ['10.0.0.1'] }),
  ];
  assert.equal(pairing([nobody], [first]), '0=0 address');
  assert.equal(pairing([first], [second]), '0=, =0');
  assert.equal(pairing([nobody, second], [first]), '0=0 address, 1=');
});

test('where several claim an address, the first of the list is meant', () => {
  assert.equal(pairing([at('10.0.0.1'), at('10.0.0.1')], [at('10.0.0.1')]), '0=0 address, 1=');
  assert.equal(pairing([at('10.0.0.1', '10.0.0.2')], [at('10.0.0.2'), at('10.0.0.1')]), '0=1 address, =0');
});

test('a name pairs what nothing else does, when it is the only one of its kind on both sides', () => {
  const named = (text: string, fields: Partial<ViewEntry> = {}) => entry({ names: [text], ...fields });
  assert.equal(pairing([named('nas.lan', { addresses: ['10.0.0.1'] })], [named('NAS.lan.', { addresses: ['10.0.0.2'] })]), '0=0 name');
  assert.equal(pairing([named('a'), named('a')], [named('a')]), '0=, 1=, =0');
  assert.equal(pairing([named('a')], [named('a'), named('b', { names: ['b', 'a'] })]), '0=, =0, =1');
  assert.equal(pairing([named('a', { macs: [mac(1)] })], [named('a', { macs: [mac(2)] })]), '0=, =0');
  assert.equal(pairing([named('a', { macs: [mac(1)] })], [named('a')]), '0=0 name');
  assert.equal(pairing([named('x', { names: ['a', 'A', 'b'] })], [named('b'), named('a')]), '0=1 name, =0');
});

test('a name that is already taken by a pair leaves the others of that name alone in their lists', () => {
  const a = [entry({ names: ['a'], addresses: ['10.0.0.1'] }), entry({ names: ['a'], addresses: ['10.0.0.2'] })];
  const b = [entry({ names: ['a'], addresses: ['10.0.0.3'] }), entry({ names: ['a'], addresses: ['10.0.0.1'] })];
  assert.equal(pairing(a, b), '0=1 address, 1=0 name');
});

test('names that many machines have pair nobody', () => {
  for (const text of ['localhost', 'localhost.localdomain', 'LOCALHOST4', 'foo.localhost', 'ip6-loopback', '_gateway', 'unknown', ''])
    assert.equal(pairing([entry({ names: [text] })], [entry({ names: [text] })]), '0=, =0', text);
});

test('law 5: a file whose hosts all claim the same name, MAC or address is paired in no time', () => {
  const alike = (fields: Partial<ViewEntry>) => Array.from({ length: 20_000 }, () => entry(fields));
  const started = performance.now();
  for (const fields of [{ names: ['x'] }, { macs: [mac(1)] }, { addresses: ['10.0.0.1'] }])
    pairEntries(alike(fields), alike({ ...fields, device: 1 }));
  assert.ok(performance.now() - started < 2000);
});

test('a phone that made up another MAC is another device: nothing is merged on a likeness', () => {
  const phone = (number: number, address: string) => look([seen(address, number, { names: [name('phone.lan')] })]);
  assert.deepEqual(told(phone(1, '10.0.0.7'), phone(2, '10.0.0.8')), ['10.0.0.7: device.left', '10.0.0.8: device.appeared']);
});

test('a device that moved is one device: by its MAC, or by its name where nobody saw a MAC', () => {
  const byMac = compared(look([seen('10.0.0.1', 1)]), look([seen('10.0.0.2', 1)])).devices[0];
  assert.deepEqual(
    [byMac?.pairedBy, byMac?.differences],
    ['mac', [{ kind: 'device.readdressed', before: { addresses: ['10.0.0.1'] }, after: { addresses: ['10.0.0.2'] } }]],
  );
  const nas = (address: string) => look([seen(address, null, { names: [name('nas.lan')] })]);
  const byName = compared(nas('10.0.0.1'), nas('10.0.0.2')).devices[0];
  assert.deepEqual([byName?.pairedBy, byName?.differences.map(({ kind }) => kind)], ['name', ['device.readdressed']]);
});

test('a device with an IPv4 and an IPv6 address is one, also beside a scan that saw no MACs', () => {
  const coverage = covering(['10.0.0.0/24', 'fd00::/120'], '1-1000');
  const near = look([seen('10.0.0.1', 1, { ports: [port(22)] }), seen('fd00::1', 1, { ports: [port(22)] })], { coverage });
  const far = look([seen('10.0.0.1', null, { ports: [port(22)] }), seen('fd00::1', null, { ports: [port(22)] })], { coverage });
  assert.deepEqual(told(near, near), []);
  assert.deepEqual([...told(near, far), ...told(far, near)], []);
});

test('a host that is listed twice is one device', () => {
  const twice = look([
    seen('10.0.0.1', null, { ports: [port(22)] }),
    seen('10.0.0.1', null, { ports: [port(80)] }),
    seen('10.0.0.2', 2),
    seen('10.0.0.2'),
  ]);
  assert.deepEqual(told(twice, look([seen('10.0.0.1', null, { ports: [port(22), port(80)] }), seen('10.0.0.2', 2)])), []);
});

test('of two devices of the store that were at one address, the one that is there now is meant', () => {
  const former = device({ id: 1, presence: 'away', lastSeen: AT - HOUR });
  const present = device({ id: 2 });
  const { devices, sum } = compared(
    belief([former, present]),
    look([seen('10.0.0.1', null, { ports: [port(22)] })], { coverage: covering(['10.0.0.0/24']) }),
  );
  assert.deepEqual([devices.map((one) => one.device.id), sum.same, sum.different], [[2], 1, 0]);
});

test('parts of a device are joined when the other side has it as one, by its id or its MAC, wherever they are', () => {
  const hosts = [seen('10.0.0.1', 1, { ports: [port(22)] }), seen('10.0.0.2', 2, { ports: [port(22)] })];
  const scanned = look(hosts);
  const parts = { ...scanned, entries: scanned.entries.map((one) => ({ ...one, device: 5 })) };
  const whole = device({ id: 5, at: ['10.0.0.1'], macs: [{ mac: mac(1), vendor: null }], ports: [port(22)], asked: { tcp: [[1, 1000]] } });
  assert.deepEqual(told(belief([whole]), parts), ['10.0.0.1: device.readdressed']);
  assert.deepEqual(told(belief([{ ...whole, addresses: [...whole.addresses, { address: '10.0.0.2', seenAt: AT }] }]), parts), []);
});
