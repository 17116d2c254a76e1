import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../test/make/arbitraries.ts';
import { AT, device, guess, mac, name, port, service } from '../../test/make/device.ts';
import type { Device } from './device.ts';
import type { Fact } from './fact.ts';
import { deviceFromFacts, factsOf, presenceFact } from './facts.ts';

function rowOf({ id, site, firstSeen, lastSeen }: Device) {
  return { id, site, firstSeen, lastSeen };
}

function again(before: Device, facts: readonly Fact[]): Device {
  return deviceFromFacts(rowOf(before), facts, (address) => before.addresses.find((entry) => entry.address === address)?.seenAt);
}

test('a device reads back from its facts, whatever its names, services and numbers are', () => {
  fc.assert(
    fc.property(anyDevice, (before) => assert.deepEqual(again(before, factsOf(before)), before)),
    { numRuns: 500 },
  );
});

test('the order in which a store returns the facts does not matter', () => {
  const shuffled = anyDevice.chain((before) =>
    fc.record({ before: fc.constant(before), facts: fc.shuffledSubarray(factsOf(before), { minLength: factsOf(before).length }) }),
  );
  fc.assert(fc.property(shuffled, ({ before, facts }) => assert.deepEqual(again(before, facts), before)));
});

test('no two facts of a device share kind and key, and each is two plain texts', () => {
  fc.assert(
    fc.property(anyDevice, (one) => {
      const facts = factsOf(one);
      assert.equal(new Set(facts.map(({ kind, key }) => JSON.stringify([kind, key]))).size, facts.length);
      for (const { key, value } of facts) assert.ok(key.isWellFormed() && value.isWellFormed());
    }),
  );
});

test('facts are written compactly and a sighting is none of them', () => {
  const one = device({
    macs: [{ mac: mac(7), vendor: null }],
    names: [name('printer.lan')],
    ports: [port(22, 'open', service('OpenSSH', { name: 'ssh', version: '9.2' })), port(23, 'filtered'), port(80, 'open', guess('http'))],
    asked: { tcp: [[1, 1000]] },
  });
  const fact = (kind: Fact['kind'], key: string, value: string): Fact => ({ kind, key, value });
  assert.deepEqual(factsOf(one), [
    fact('presence', '', 'present'),
    fact('mac', '02:00:5e:00:00:07', ''),
    fact('address', '10.0.0.1', ''),
    fact('name', 'printer.lan', 'dns'),
    fact('port', 'tcp/22', '["open","ssh","OpenSSH","9.2","","","probed"]'),
    fact('port', 'tcp/23', 'filtered'),
    fact('port', 'tcp/80', '["open","http","","","","","table"]'),
    fact('asked', 'tcp', '1-1000'),
  ]);
  const later = { ...one, lastSeen: AT + 1, addresses: [{ address: '10.0.0.1', seenAt: AT + 1 }] };
  assert.deepEqual(factsOf(later), factsOf(one));
});

test('an absence says when the device was last seen, a presence does not', () => {
  assert.equal(presenceFact('present', AT).value, 'present');
  assert.equal(presenceFact('away', AT).value, `away@${AT}`);
  assert.equal(presenceFact('unknown', AT).value, `unknown@${AT}`);
});

test('a device without a single fact is unknown, not present and not away', () => {
  assert.equal(deviceFromFacts(rowOf(device()), [], () => undefined).presence, 'unknown');
});

test('an address without a sighting was seen when the device was', () => {
  const before = device({ at: ['10.0.0.1'], seenAt: AT });
  assert.deepEqual(
    deviceFromFacts(rowOf(before), factsOf(before), () => undefined),
    before,
  );
});
