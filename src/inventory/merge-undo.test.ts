import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../test/make/arbitraries.ts';
import { AT, device, mac, name, port, seen } from '../../test/make/device.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import { type Device, type DeviceId, parsePorts } from '../core/index.ts';
import { type Amendment, amend } from './amend.ts';
import { mergeDevices } from './merge.ts';
import { splitDevice } from './merge-split.ts';
import type { Roll } from './roll.ts';

const macsOf = (one: Device | undefined): string[] => (one?.macs ?? []).map((entry) => entry.mac);
const withMac = (id: number, fields: Parameters<typeof device>[0] = {}): Device =>
  device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }], ...fields });

const after = (roll: Roll, amendment: Amendment): Roll => amend(roll, amendment).roll;
const merged = (roll: Roll, keep: DeviceId, ...absorb: readonly DeviceId[]): Roll => after(roll, mergeDevices(roll, { keep, absorb }));

/** Without ids, moments and presence: by what it is known, and what is said of it but for whom it is not. */
const identity = ({ macs, addresses, names, clues, ports, asked, os, labels, rhythm }: Device): object => {
  const at = addresses.map(({ address }) => address);
  return { macs, at, names, clues, ports, asked, os, rhythm, labels: { ...labels, distinct: [] } };
};

const someDevices = fc.array(anyDevice, { minLength: 2, maxLength: 5 }).map((devices) =>
  devices.map((one, i): Device => {
    const unique = one.macs.filter((entry) => !devices.slice(0, i).some(({ macs }) => macs.some((other) => other.mac === entry.mac)));
    return { ...one, id: i + 1, macs: unique, mergedInto: null };
  }),
);

test('whatever was merged, taking it back in any order gives back the same identifiers and words', () => {
  fc.assert(
    fc.property(someDevices, fc.infiniteStream(fc.nat(99)), (devices, dice) => {
      const start = rollWith(...devices);
      const others = devices.slice(1).map(({ id }) => id);
      let roll = merged(start, 1, ...others);
      const memory = { before: start.devices, order: new Map() };
      const left = [...others];
      while (left.length > 0) {
        const [undo] = left.splice((dice.next().value ?? 0) % left.length, 1);
        roll = after(roll, splitDevice(roll, { undo: undo as number, memory }));
      }
      assert.equal(roll.merged.size, 0);
      for (const one of devices) {
        assert.deepEqual(identity(roll.devices.get(one.id) as Device), identity(one));
        assert.equal(roll.devices.get(one.id)?.presence, one.presence);
      }
    }),
    { numRuns: 300 },
  );
});

test('so it does when they were merged one after another, also into one another', () => {
  fc.assert(
    fc.property(someDevices, fc.infiniteStream(fc.nat(99)), (devices, dice) => {
      const next = (below: number): number => (dice.next().value ?? 0) % below;
      const start = rollWith(...devices);
      const order = new Map<number, number>();
      const before = new Map<number, Device>();
      let roll = start;
      while (roll.devices.size > 1) {
        const [keep, ...rest] = [...roll.devices.keys()].sort(() => next(2) - 0.5);
        const absorb = rest.slice(0, 1 + next(rest.length));
        const whole = roll.devices.get(keep as number) as Device;
        before.set(whole.id, before.get(whole.id) ?? whole);
        const turn = order.size + 1;
        for (const id of absorb) order.set(id, turn);
        roll = merged(roll, whole.id, ...absorb);
      }
      for (const left = [...roll.merged.keys()]; left.length > 0; ) {
        const [undo] = left.splice(next(left.length), 1);
        roll = after(roll, splitDevice(roll, { undo: undo as number, memory: { before, order } }));
      }
      for (const one of devices) assert.deepEqual(identity(roll.devices.get(one.id) as Device), identity(one));
    }),
    { numRuns: 300 },
  );
});

test('devices last seen at the same moment come apart as they were, whoever of them goes first', () => {
  const keep = withMac(1);
  const open = withMac(2, { ports: [port(80)] });
  const closed = withMac(3, { ports: [port(443)], asked: { tcp: parsePorts('80,443') ?? [] } });
  const start = rollWith(keep, open, closed);
  for (const order of [
    [2, 3],
    [3, 2],
  ]) {
    let roll = merged(start, 1, 2, 3);
    for (const undo of order) roll = after(roll, splitDevice(roll, { undo, memory: { before: start.devices, order: new Map() } }));
    for (const one of [keep, open, closed]) assert.deepEqual(identity(roll.devices.get(one.id) as Device), identity(one));
  }
});

test('hardware addresses come back apart without any memory, also of merges upon merges', () => {
  fc.assert(
    fc.property(someDevices, fc.infiniteStream(fc.nat(99)), (devices, dice) => {
      const start = rollWith(...devices);
      let roll = start;
      for (let id = devices.length; id > 1; id--) roll = merged(roll, id - 1, id);
      const left = devices.slice(1).map(({ id }) => id);
      while (left.length > 0) {
        const [undo] = left.splice((dice.next().value ?? 0) % left.length, 1);
        roll = after(roll, splitDevice(roll, { undo: undo as number }));
        const held = [...roll.devices.values()].flatMap(macsOf);
        assert.equal(new Set(held).size, held.length, 'no hardware address is of two devices');
      }
      for (const one of devices) assert.ok(macsOf(one).every((entry) => macsOf(roll.devices.get(one.id)).includes(entry)));
    }),
    { numRuns: 200 },
  );
});

test('what is found or said after a merge survives taking it back', () => {
  const start = rollWith(withMac(1), withMac(2, { alias: 'yours', names: [name('two', 'dhcp')] }));
  const story = new Story();
  story.roll = merged(start, 1, 2);
  story.at(1, [seen('10.0.0.1', 1, { names: [name('one', 'mdns')] })]);
  const kept = story.device(1);
  const edited = { ...kept, labels: { ...kept.labels, note: 'mine' } };
  const roll = after(story.roll, { touched: [{ before: kept, after: edited }], changes: [] });
  const { touched } = splitDevice(roll, { undo: 2, memory: { before: start.devices, order: new Map() } });
  const [back, left] = touched.map((step) => step.after);
  assert.deepEqual([left?.labels.alias, left?.labels.note, left?.names.map((one) => one.name)], [null, 'mine', ['one']]);
  assert.deepEqual([back?.labels.alias, back?.names[0]?.name, back?.labels.distinct, left?.labels.distinct], ['yours', 'two', [1], [2]]);
});

test("without memory a word that may be anybody's stays with both", () => {
  const roll = merged(rollWith(withMac(1), withMac(2, { owner: 'anna', at: ['10.0.0.2'] })), 1, 2);
  const left = after(roll, splitDevice(roll, { undo: 2 })).devices.get(1);
  assert.deepEqual([left?.labels.owner, left?.addresses.map(({ address }) => address)], ['anna', ['10.0.0.1']]);
});

test('a device without hardware address does not lose the one address it is known by', () => {
  const roll = merged(rollWith(device({ id: 1 }), device({ id: 2, macs: [{ mac: mac(2), vendor: null }], seenAt: AT + 1 })), 1, 2);
  const left = after(roll, splitDevice(roll, { undo: 2 })).devices.get(1);
  assert.deepEqual([macsOf(left), left?.addresses.length], [[], 1]);
});
