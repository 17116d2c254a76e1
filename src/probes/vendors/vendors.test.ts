import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vendorOf } from './vendors.ts';

test('the maker of a card is known by its first three bytes', () => {
  assert.equal(vendorOf('00:50:56:11:22:33'), 'VMware, Inc.');
  assert.equal(vendorOf('00:00:00:00:00:01'), 'XEROX CORPORATION');
});

test('where a block is shared out further, the longest prefix tells', () => {
  const [one, other] = [vendorOf('70:b3:d5:00:40:01'), vendorOf('70:b3:d5:00:50:01')];
  assert.ok(one && other && one !== other, 'two owners of 36-bit prefixes in one 24-bit block');
  assert.notEqual(vendorOf('10:06:48:00:00:01'), null, 'a 28-bit prefix');
});

test('an address a device made up has no maker, nor has one nobody registered', () => {
  assert.equal(vendorOf('02:50:56:11:22:33'), null);
  assert.equal(vendorOf('dc:ff:ff:ff:ff:fe'), null);
});

test('the registrar is no maker, nor is one that keeps its name secret', () => {
  assert.equal(vendorOf('70:b3:d5:ff:f0:01'), null, 'a private 36-bit prefix');
  const rest = Array.from({ length: 16 }, (_, i) => vendorOf(`10:06:48:${i.toString(16)}0:00:01`));
  assert.ok(!rest.some((name) => name !== null && /IEEE Registration|^Private$/.test(name)));
});
