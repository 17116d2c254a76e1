import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, device, HOUR, mac, seen } from '../../test/make/device.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import { type Device, type DeviceId, orFault } from '../core/index.ts';
import { type Amendment, amend } from './amend.ts';
import { matches } from './filter/filter.ts';
import { parseFilter } from './filter/parse-filter.ts';
import { mergeDevices } from './merge.ts';
import { splitDevice } from './merge-split.ts';
import { type Roll, rollOf } from './roll.ts';

/** First seen so many hours before AT. */
const old = (id: number, hours: number): Device =>
  device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }], firstSeen: AT - hours * HOUR });
const after = (roll: Roll, amendment: Amendment): Roll => amend(roll, amendment).roll;
const merged = (roll: Roll, keep: DeviceId, ...absorb: readonly DeviceId[]): Roll => after(roll, mergeDevices(roll, { keep, absorb }));
const undone = (roll: Roll, undo: DeviceId): Roll => after(roll, splitDevice(roll, { undo }));
const ages = (roll: Roll): Record<number, number> =>
  Object.fromEntries([...roll.devices.values()].map(({ id, firstSeen }) => [id, (AT - firstSeen) / HOUR]));

test('a whole was first seen when the oldest of its parts was, also by way of another, and no more when that is taken back', () => {
  const start = rollWith(old(1, 1), old(2, 500), old(3, 90));
  const two = merged(start, 1, 3);
  const all = merged(merged(start, 3, 2), 1, 3);
  assert.deepEqual([ages(two), ages(all)], [{ 1: 90, 2: 500 }, { 1: 500 }]);
  assert.deepEqual(ages(undone(all, 2)), { 1: 90, 2: 500 });
  assert.deepEqual(ages(undone(all, 3)), { 1: 1, 3: 500 }, 'what it had absorbed itself goes with it');
  assert.deepEqual(ages(undone(undone(all, 2), 3)), ages(start));
  assert.deepEqual([...undone(undone(all, 3), 2).devices.keys()].sort(), [1, 2, 3]);
  assert.ok(!('ownFirstSeen' in (undone(two, 3).devices.get(1) ?? {})));
});

test('a merge says how old the whole is by then, and so does a roll that is loaded anew', () => {
  const start = rollWith(old(1, 1), old(2, 500));
  const { devices, roll } = amend(start, mergeDevices(start, { keep: 1, absorb: [2] }));
  assert.equal(devices.find(({ id }) => id === 1)?.firstSeen, AT - 500 * HOUR);
  const stored = [old(1, 1), { ...old(2, 500), mergedInto: 1 }];
  assert.deepEqual(ages(rollOf('home', stored, 2)), ages(roll));
});

test('new:7d fits no whole with an old part, whatever is seen of it', () => {
  const story = new Story();
  story.roll = merged(rollWith(old(1, 1), old(2, 500)), 1, 2);
  story.at(1, [seen('10.0.0.1', 1), seen('10.0.0.9', 2)]);
  const filter = orFault(parseFilter('new:7d'));
  const asked = { now: AT + HOUR, typeOf: () => null };
  assert.deepEqual([matches(filter, story.device(1), asked), matches(filter, old(1, 1), asked)], [false, true]);
});

test('whoever is merged with whom and taken back in any order, each is as old as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 2, maxLength: 6 }), fc.infiniteStream(fc.nat(99)), (hours, dice) => {
      const next = (below: number): number => (dice.next().value ?? 0) % below;
      const start = rollWith(...hours.map((age, i) => old(i + 1, age)));
      let roll = start;
      while (roll.devices.size > 1) {
        const [keep, absorb] = [...roll.devices.keys()].sort(() => next(2) - 0.5);
        roll = merged(roll, keep as number, absorb as number);
      }
      assert.equal(Math.max(...Object.values(ages(roll))), Math.max(...hours));
      for (const left = [...roll.merged.keys()]; left.length > 0; ) roll = undone(roll, left.splice(next(left.length), 1)[0] as number);
      assert.deepEqual(ages(roll), ages(start));
    }),
    { numRuns: 200 },
  );
});
