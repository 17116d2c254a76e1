import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyObservation } from '../../test/make/arbitraries.ts';
import { AT, device, HOUR, mac, seen } from '../../test/make/device.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import type { Device, Observation } from '../core/index.ts';
import { amend } from './amend.ts';
import { identify } from './identify.ts';
import { mergeDevices } from './merge.ts';

const withMac = (id: number, address: string, number = id, fields: Partial<Device> = {}): Device =>
  device({ id, at: [address], macs: [{ mac: mac(number), vendor: null }], ...fields });

/** "2 mac 10.0.0.5" for each device: who, why, where. */
function who(devices: readonly Device[], observations: readonly Observation[]): string[] {
  return identify(rollWith(...devices), observations).map(
    ({ device: id, reason, observations: hosts }) => `${id} ${reason} ${hosts.map(({ address }) => address).join(' ')}`,
  );
}

test('a host with a known MAC is that device, wherever it answers', () => {
  assert.deepEqual(who([withMac(1, '10.0.0.1'), withMac(2, '10.0.0.2')], [seen('10.0.0.2', 1)]), ['1 mac 10.0.0.2']);
});

test('a host without a MAC is the device last seen at its address, else a new one', () => {
  const devices = [device({ id: 1, at: ['10.0.0.1'] }), withMac(2, '10.0.0.2')];
  assert.deepEqual(who(devices, [seen('10.0.0.2'), seen('10.0.0.1'), seen('10.0.0.3')]), [
    '2 address 10.0.0.2',
    '1 address 10.0.0.1',
    '3 new address 10.0.0.3',
  ]);
});

test('of two devices at one address, a nameless answer is the one seen there last', () => {
  const old = withMac(1, '10.0.0.1', 1, { lastSeen: AT - HOUR });
  for (const devices of [
    [old, withMac(2, '10.0.0.1')],
    [withMac(2, '10.0.0.1'), old],
  ])
    assert.deepEqual(who(devices, [seen('10.0.0.1')]), ['2 address 10.0.0.1']);
});

test('a device known only by its address gains its MAC when it shows one', () => {
  const story = new Story(device({ id: 1, at: ['10.0.0.1'] }));
  assert.deepEqual(story.at(1, [seen('10.0.0.1', 7)]), [], 'a first MAC is merely learned');
  assert.equal(story.device(1).macs[0]?.mac, mac(7));
  assert.deepEqual(story.at(2, [seen('10.0.0.9', 7)]), ['device.readdressed 1'], 'from then on the MAC tells who it is');
});

test('who was known only by its address before it was merged is known there by it still', () => {
  const laptop = withMac(1, '10.0.0.1');
  const routed = device({ id: 2, at: ['10.9.0.5'], presence: 'away' });
  const before = rollWith(laptop, routed);
  const merged = amend(before, mergeDevices(before, { keep: 1, absorb: [2] })).roll;
  const seenAgain = identify(merged, [seen('10.9.0.5'), seen('10.9.0.6')]);
  assert.deepEqual(
    seenAgain.map(({ device: id, reason }) => `${id} ${reason}`),
    ['1 address', '3 new address'],
  );
  assert.deepEqual(
    identify(merged, [seen('10.9.0.5', 9)]).map(({ reason }) => reason),
    ['new mac'],
    'another card is somebody else',
  );
});

test('R12: a scan that lost its privilege, and so all MACs, doubles nobody', () => {
  const story = new Story();
  const hosts = Array.from({ length: 50 }, (_, i) => seen(`10.0.0.${i + 1}`, i + 1));
  assert.equal(story.at(0, hosts).length, 50);
  assert.deepEqual(
    story.at(
      1,
      hosts.map(({ address }) => seen(address)),
    ),
    [],
  );
  assert.deepEqual(story.at(2, hosts), []);
  assert.equal(story.roll.devices.size, 50);
});

test('R12: a device that returns without its MAC at its last address is that device', () => {
  const story = new Story(withMac(1, '10.0.0.1'));
  assert.deepEqual(story.at(50, []), ['device.left 1']);
  assert.deepEqual(story.at(51, [seen('10.0.0.1')]), ['device.returned 1']);
});

test('R40: two devices that swap their addresses in one scan have both moved, and nobody is new', () => {
  const story = new Story(withMac(1, '10.0.0.1'), withMac(2, '10.0.0.2'));
  assert.deepEqual(story.at(1, [seen('10.0.0.1', 2), seen('10.0.0.2', 1)]), ['device.readdressed 2', 'device.readdressed 1']);
  assert.deepEqual([story.places(1), story.places(2)], ['10.0.0.2', '10.0.0.1']);
  assert.deepEqual(story.at(2, [seen('10.0.0.1', 2), seen('10.0.0.2', 1)]), []);
});

test('R40: a newcomer at the address of a known MAC is a new device; the one that held it is only missed', () => {
  const story = new Story(withMac(1, '10.0.0.1'));
  assert.deepEqual(story.at(1, [seen('10.0.0.1', 9)]), ['device.appeared 2']);
  assert.deepEqual(story.device(1), withMac(1, '10.0.0.1'));
  assert.deepEqual(story.at(2, [seen('10.0.0.1')]), [], 'a nameless answer there is now the newcomer');
  assert.equal(story.device(2).lastSeen, AT + 2 * 60_000);
});

test('R39: a phone that makes up a MAC a day is a new device a day, and yesterday stays what it was', () => {
  const story = new Story();
  for (let day = 1; day <= 5; day++) assert.deepEqual(story.at(day, [seen('10.0.0.1', day)]), [`device.appeared ${day}`]);
  for (let day = 1; day <= 5; day++) assert.deepEqual(story.device(day).macs, [{ mac: mac(day), vendor: null }]);
});

test('R40: two MACs at one address are two devices, in this scan and in the next', () => {
  const story = new Story(device({ id: 1, at: ['10.0.0.1'] }));
  assert.deepEqual(story.at(1, [seen('10.0.0.1', 7), seen('10.0.0.1', 8)]), ['device.appeared 2']);
  assert.deepEqual(story.at(2, [seen('10.0.0.1', 8), seen('10.0.0.1', 7)]), []);
});

test('R41: one MAC at every address is one device, and takes over none of the others', () => {
  const others = [withMac(1, '10.0.0.1'), withMac(2, '10.0.0.2')];
  const story = new Story(...others);
  const proxied = Array.from({ length: 254 }, (_, i) => seen(`10.0.0.${i + 1}`, 99));
  assert.deepEqual(story.at(1, proxied), ['device.appeared 3']);
  assert.equal(story.device(3).addresses.length, 254);
  assert.deepEqual([story.device(1), story.device(2)], others);
  assert.deepEqual(story.at(2, proxied), []);
});

test('one address seen twice in a scan, by two tools or in two files, is one device', () => {
  assert.deepEqual(who([], [seen('10.0.0.1'), seen('10.0.0.1')]), ['1 new address 10.0.0.1 10.0.0.1']);
  assert.deepEqual(who([], [seen('10.0.0.1'), seen('10.0.0.1', 7)]), ['1 new mac 10.0.0.1 10.0.0.1']);
  assert.deepEqual(who([withMac(4, '10.0.0.1')], [seen('10.0.0.1', 4), seen('10.0.0.1')]), ['4 mac 10.0.0.1 10.0.0.1']);
  assert.deepEqual(who([withMac(4, '10.0.0.9')], [seen('10.0.0.1', 4), seen('10.0.0.1')]), ['4 mac 10.0.0.1 10.0.0.1']);
});

test('a nameless answer at the former address of a device seen elsewhere is somebody else', () => {
  assert.deepEqual(who([withMac(1, '10.0.0.1')], [seen('10.0.0.1'), seen('10.0.0.2', 1)]), ['1 mac 10.0.0.2', '2 new address 10.0.0.1']);
});

test('a known MAC at the address of a device without one is the known device', () => {
  assert.deepEqual(who([device({ id: 1 }), withMac(2, '10.0.0.2')], [seen('10.0.0.1', 2)]), ['2 mac 10.0.0.1']);
});

test('every host of a scan is exactly one device, one MAC is one device, and numbers are given without gaps', () => {
  fc.assert(
    fc.property(fc.array(anyObservation, { maxLength: 12 }), fc.array(anyObservation, { maxLength: 12 }), (first, second) => {
      const story = new Story();
      story.at(0, first);
      const before = story.roll.lastDevice;
      const sighted = identify(story.roll, second);
      assert.deepEqual(new Set(sighted.flatMap(({ observations }) => observations)), new Set(second));
      assert.equal(
        sighted.reduce((sum, { observations }) => sum + observations.length, 0),
        second.length,
      );
      for (const number of new Set(second.map((host) => host.mac).filter((one) => one !== null)))
        assert.equal(sighted.filter(({ observations }) => observations.some((host) => host.mac === number)).length, 1);
      const fresh = sighted.filter(({ known }) => !known).map(({ device: id }) => id);
      assert.deepEqual(
        fresh.toSorted((a, b) => a - b),
        fresh.map((_, i) => before + 1 + i),
      );
      for (const { device: id, known } of sighted) assert.equal(story.roll.devices.has(id), known);
    }),
    { numRuns: 150 },
  );
});

test('a nameless answer goes to whoever else had the address, when its last holder was seen elsewhere by MAC', () => {
  const devices = [withMac(1, '10.0.0.1'), device({ id: 2, at: ['10.0.0.1'] })];
  assert.deepEqual(who(devices, [seen('10.0.0.1'), seen('10.0.0.9', 1)]), ['1 mac 10.0.0.9', '2 address 10.0.0.1']);
});
