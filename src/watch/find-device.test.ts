import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, mac, name } from '../../test/make/device.ts';
import { Fault } from '../core/index.ts';
import { rollOf } from '../inventory/index.ts';
import { findDevice } from './find-device.ts';

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
const found = (reference: string): number => findDevice(roll, reference).id;

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
  assert.throws(() => found('twin'), faulty('bad-input', /2 fit: 2 \(Printer\), 3 \(twin\)/));
  for (const nobody of ['', '99', '10.0.0.99', mac(99), 'nobody', '__proto__', 'x'.repeat(5000)])
    assert.throws(() => found(nobody), faulty('not-found', /none is called that/));
});
