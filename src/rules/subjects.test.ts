import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS, type JsonObject } from '../core/index.ts';
import { ENDS, lasts, mustEnd, placeOf, rootOf, subjectOf } from './subjects.ts';

const change = (kind: (typeof CHANGE_KINDS)[number], device: number | null, after: JsonObject = {}, before: JsonObject | null = null) => ({
  kind,
  device,
  before,
  after,
});

test('both ends of a pair are about the same', () => {
  const side = { target: '10.0.0.0/24', where: '10.0.0.0/24', protocol: 'tcp', port: 22 };
  for (const [end, beginnings] of Object.entries(ENDS))
    for (const beginning of beginnings ?? []) {
      const device = /^(device|port)/.test(beginning) ? 7 : null;
      assert.equal(subjectOf(change(beginning, device, side)), subjectOf(change(end as typeof beginning, device, side)), end);
    }
});

test('subjects name devices, their ports, places and people', () => {
  assert.equal(subjectOf(change('device.left', 7)), 'device:7');
  assert.equal(subjectOf(change('port.opened', 7, { port: 22, protocol: 'tcp' })), 'device:7:22/tcp');
  assert.equal(subjectOf(change('vantage.blind', null, { target: '10.0.0.0/24' })), 'target:10.0.0.0/24');
  assert.equal(subjectOf(change('person.left', null, { name: 'anna' })), 'person:anna');
  assert.equal(subjectOf(change('gateway.changed', null, { address: 'fe80::1' })), 'gateway:fe80::1');
  assert.equal(subjectOf(change('approval.expired', null, { text: 'x' }, { approval: 3 })), 'approval:3');
  assert.equal(subjectOf(change('history.imported', null)), 'import:');
  assert.ok(CHANGE_KINDS.every((kind) => subjectOf(change(kind, null)).length > 0));
});

test('a name from the network makes no endless subject', () => {
  assert.ok(subjectOf(change('group.last-left', null, { name: 'x'.repeat(10_000) })).length < 400);
});

test('the root of a port is its device; an address with colons is whole', () => {
  assert.deepEqual(['device:7:22/tcp', 'device:7', 'gateway:fe80::1'].map(rootOf), ['device:7', 'device:7', 'gateway:fe80::1']);
});

test('places of changes without a device are named, as far as they say so', () => {
  assert.equal(placeOf(change('segment.lost', null, { target: '10.0.0.0/24' })), '10.0.0.0/24');
  assert.equal(placeOf(change('device.left', 7)), null);
  assert.equal(placeOf(change('segment.lost', null)), null);
});

test('what lasts ends by another change, and all of it but open ports has to', () => {
  assert.deepEqual(
    CHANGE_KINDS.filter((kind) => lasts(kind) && !mustEnd(kind)),
    ['port.opened'],
  );
  assert.ok(!lasts('service.changed') && !mustEnd('service.changed'));
});
