import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, mac, name } from '../../test/make/device.ts';
import { Fault } from '../core/index.ts';
import { rollOf, withDevices } from '../inventory/index.ts';
import { findDevice, partNamed } from './find-device.ts';

const card = (n: number) => [{ mac: mac(n), vendor: null }];
const roll = rollOf(
  'home',
  [
    device({ id: 1, at: ['10.0.0.1'], macs: card(1), names: [name('gate.lan')] }),
    device({ id: 2, at: ['10.0.0.2', 'fe80::2'], macs: card(2), names: [name('Twin')], alias: 'Printer' }),
    device({ id: 3, at: ['10.0.0.2'], seenAt: AT - 1000, macs: card(3), names: [name('twin')] }),
    device({ id: 4, at: ['10.0.0.4'], macs: card(4), names: [name('printer')], alias: '1' }),
  ],
  4,
);
const found = (reference: string, among = roll): number => findDevice(among, reference).id;

test('a device is found by id, alias, MAC, address and name, in any case of letters', () => {
  const references = { 1: 1, PRINTER: 2, [mac(3).toUpperCase()]: 3, [mac(3).replaceAll(':', '-')]: 3, 'FE80::2': 2, 'GATE.lan': 1 };
  for (const [reference, id] of Object.entries(references)) assert.equal(found(reference), id, reference);
});

test('the better kind of match wins: an id before an alias, an alias before a name', () => {
  assert.equal(found('1'), 1);
  assert.equal(found('printer'), 2);
});

test('of those that had an address, the one seen there last is meant', () => {
  assert.equal(found('10.0.0.2'), 2);
});

test('who fits several is asked for the id, who fits none for the list', () => {
  const faulty = (code: string, text: RegExp) => (fault: unknown) =>
    fault instanceof Fault && fault.code === code && text.test(fault.message);
  assert.throws(() => found('twin'), faulty('bad-input', /2 fit: 2 \(Printer, at 10\.0\.0\.2\), 3 \(twin, at 10\.0\.0\.2\)$/));
  for (const nobody of ['', '99', '10.0.0.99', mac(99), 'nobody', '__proto__', 'x'.repeat(5000)])
    assert.throws(() => found(nobody), faulty('not-found', /none is called that/));
});

test('of several that fit, each is shown with where it was seen last, by its hardware address where it never was; of many ten', () => {
  const places = [
    { address: '10.0.0.5', seenAt: AT - 1000 },
    { address: 'fe80::5', seenAt: AT },
  ];
  const twin = { names: [name('twin')] };
  const odd = rollOf('home', [{ ...device({ id: 5, ...twin }), addresses: places }, device({ id: 6, at: [], macs: card(6), ...twin })], 6);
  assert.throws(() => found('twin', odd), new RegExp(`2 fit: 5 \\(twin, at fe80::5\\), 6 \\(twin, ${mac(6)}\\)$`));
  const many = Array.from({ length: 12 }, (_, i) => device({ id: i + 1, at: [`10.0.0.${i + 1}`], ...twin }));
  assert.throws(() => found('twin', rollOf('home', many, 12)), /10 \(twin, at 10\.0\.0\.10\), and 2 more$/);
});

/** 6 absorbed 7 (which had absorbed 9) and 8; 10 absorbed 11. */
const merged = withDevices(roll, [
  device({ id: 6, macs: card(6), names: [name('phone')], alias: 'Annas' }),
  device({ id: 7, macs: card(7), alias: 'old phone', mergedInto: 6 }),
  device({ id: 8, at: ['10.0.0.8'], macs: card(8), names: [name('phone'), name('gadget')], mergedInto: 6 }),
  device({ id: 9, macs: card(9), names: [name('gadget')], mergedInto: 7 }),
  device({ id: 10, alias: '7' }),
  device({ id: 11, names: [name('sonos'), name('gate.lan')], alias: 'radio', mergedInto: 10 }),
]);

test('what was merged is found by its id, and by what only it was called: it leads to what it is part of', () => {
  const references = { 7: 7, 8: 8, 9: 9, 11: 11, 'Old Phone': 7, RADIO: 11, sonos: 11, [mac(8).toUpperCase()]: 8, [mac(9)]: 9 };
  for (const [reference, part] of Object.entries(references)) {
    assert.equal(found(reference, merged), part === 11 ? 10 : 6, reference);
    assert.equal(partNamed(merged, reference)?.id, part, reference);
  }
});

test('what a whole is called means the whole, and nobody is found where a part once was', () => {
  for (const [reference, id] of Object.entries({ 6: 6, annas: 6, phone: 6, [mac(6)]: 6, 'gate.lan': 1 })) {
    assert.equal(found(reference, merged), id, reference);
    assert.equal(partNamed(merged, reference), null, reference);
  }
  assert.throws(() => found('10.0.0.8', merged), /none is called that/);
  assert.equal(partNamed(merged, 'nobody'), null);
});

test('what two parts of one whole were called leads to it; where they are parts of two it does not', () => {
  assert.equal(found('gadget', merged), 6);
  assert.equal(partNamed(merged, 'gadget')?.id, 8);
  const two = withDevices(merged, [device({ id: 12, names: [name('gadget')], mergedInto: 10 })]);
  assert.throws(() => found('gadget', two), /2 fit: 6 \(Annas, at 10\.0\.0\.1\), 10 \(7, at 10\.0\.0\.1\)$/);
});
