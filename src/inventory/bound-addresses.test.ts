import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT } from '../../test/make/device.ts';
import { boundAddresses, V6_KEPT } from './bound-addresses.ts';

test('of a device that makes up IPv6 addresses the newest are kept, and all its IPv4 addresses', () => {
  const v4 = Array.from({ length: 40 }, (_, i) => ({ address: `10.0.0.${i + 1}`, seenAt: AT - i }));
  const v6 = Array.from({ length: 100 }, (_, i) => ({ address: `fd00::${i + 1}`, seenAt: AT + (i % 50) }));
  const kept = boundAddresses([...v4, ...v6]);
  assert.equal(kept.length, 40 + V6_KEPT);
  assert.ok(kept.slice(40).every(({ seenAt }) => seenAt >= AT + 50 - V6_KEPT / 2));
  assert.deepEqual(kept.slice(0, 40), v4);
  assert.equal(boundAddresses(v4), v4);
});
