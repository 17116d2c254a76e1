import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostileTargets } from '../../test/probes/hostile-targets.ts';
import { formatRange } from './address.ts';
import { bothGuards, GUARD_KEYS, guardsNothing, guardText, readGuard } from './guard.ts';

test('S3.6: a guard names a gateway by its card, a network, and a public address, each in its canonical form', () => {
  const read = readGuard({ gateway: '02-00-5E-00-53-01', network: '192.168.1.0/24', public: '203.0.113.7' });
  assert.ok(read.ok);
  assert.equal(guardText(read.value), 'gateway 02:00:5e:00:53:01, network 192.168.1.0/24, public address 203.0.113.7');
  assert.ok(!guardsNothing(read.value));
  assert.ok(guardsNothing({}));
});

test('a guard that no machine could meet, or that every machine meets, is refused with a remedy', () => {
  const refused = {
    gateway: ['', 'router', '10.0.0.1', '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '02:00:5e:00:53'],
    network: ['', '0/0', '0.0.0.0/0', '192.168.1.1', '192.168.1.1/24', 'example.com/24', 'lan'],
    public: ['', '127.0.0.1', '0.0.0.0', '::', '::1', '224.0.0.1', '255.255.255.255', 'example.com', '203.0.113.07', '203.0.113.0/24'],
  };
  for (const key of GUARD_KEYS)
    for (const text of refused[key]) {
      const read = readGuard({ [key]: text });
      assert.ok(!read.ok, `${key}=${text}`);
      assert.match(read.reason, new RegExp(`^reading guard ${key}: `));
      assert.ok(read.remedy.length > 0);
    }
});

test('S1: nothing hostile becomes more than an address, a block or a card', () => {
  for (const text of hostileTargets()) {
    for (const key of GUARD_KEYS) {
      const read = readGuard({ [key]: text });
      if (read.ok) assert.match(guardText(read.value), /^[a-z ]+[0-9a-f.:/]+$/, text);
      else assert.match(read.reason, /^[ -~]*$/, 'nothing in the message can move a cursor');
    }
  }
});

test('what a scan says of itself counts before what is usual', () => {
  const [usual, own] = [readGuard({ gateway: '02:00:5e:00:53:01', network: '10.0.0.0/8' }), readGuard({ network: '10.1.0.0/16' })];
  assert.ok(usual.ok && own.ok);
  const both = bothGuards(usual.value, own.value);
  assert.equal(both.gateway, '02:00:5e:00:53:01');
  assert.equal(both.network && formatRange(both.network), '10.1.0.0/16');
});
