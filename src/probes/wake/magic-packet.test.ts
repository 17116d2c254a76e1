import assert from 'node:assert/strict';
import { test } from 'node:test';
import { magicPacket } from './magic-packet.ts';

test('a magic packet is six bytes of ones and the address sixteen times: 102 bytes', () => {
  const packet = Buffer.from(magicPacket('f0:18:98:00:00:01'));
  assert.equal(packet.length, 102);
  assert.equal(packet.toString('hex'), 'ff'.repeat(6) + 'f01898000001'.repeat(16));
});

test('what is no hardware address becomes no packet', () => {
  for (const mac of ['', 'f0:18', 'zz:zz:zz:zz:zz:zz', 'f0:18:98:00:00:01:02']) assert.throws(() => magicPacket(mac), TypeError);
});
