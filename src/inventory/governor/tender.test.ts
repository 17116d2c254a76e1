import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, port } from '../../../test/make/device.ts';
import { unversionedBecause } from './tender.ts';

const dns = { ...port(53), protocol: 'udp' } as const;
const usual = { fragile: false, privileged: true };

test('without raw packets a UDP port is not asked, so that a run with it does not fail for all others', () => {
  assert.equal(unversionedBecause(device(), dns, usual), null);
  assert.match(unversionedBecause(device(), dns, { ...usual, privileged: false }) ?? '', /without raw packets/);
  assert.equal(unversionedBecause(device(), port(53), { ...usual, privileged: false }), null, 'TCP is asked by connections');
});

test('what may break is asked only where somebody allowed it', () => {
  assert.match(unversionedBecause(device(), port(502), usual) ?? '', /may break/);
  assert.equal(unversionedBecause(device(), port(502), { ...usual, fragile: true }), null);
});
