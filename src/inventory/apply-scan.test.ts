import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AnyScan, anyScan } from '../../test/make/arbitraries.ts';
import { AT, covering, device, HOUR, MINUTE, mac, name, port, seen } from '../../test/make/device.ts';
import { rollWith, rules, Story, scan } from '../../test/make/story.ts';
import { coversAddress, type Device, NO_COVERAGE, type Observation, parseAddress } from '../core/index.ts';
import { applyScan } from './apply-scan.ts';
import type { Roll } from './roll.ts';

/** A roll as some scans leave it, and when the last of them ended. */
function reached(scans: readonly AnyScan[]): { roll: Roll; at: number } {
  let [roll, at] = [rollWith(), AT];
  for (const { after, watchedSince, ...report } of scans) {
    at += after;
    roll = applyScan(roll, report, rules({ at, watchedSince })).roll;
  }
  return { roll, at };
}

const someScans = fc.array(anyScan, { minLength: 1, maxLength: 5 });
const unseen = (before: Roll, observations: readonly Observation[], after: Roll): [Device, Device][] => {
  const addresses = new Set(observations.map(({ address }) => address));
  const macs = new Set(observations.map((one) => one.mac));
  return [...before.devices.values()]
    .filter((one) => !one.macs.some((entry) => macs.has(entry.mac)) && !one.addresses.some(({ address }) => addresses.has(address)))
    .map((one) => [one, after.devices.get(one.id) as Device]);
};

test('law 2: whatever the roll and however long ago, a scan without coverage changes nobody it did not see', () => {
  fc.assert(
    fc.property(someScans, anyScan, (scans, last) => {
      const { roll, at } = reached(scans);
      const report = { ...last, coverage: NO_COVERAGE };
      const fold = applyScan(roll, report, rules({ at: at + 1000 * HOUR, watchedSince: null, window: 0 }));
      for (const [before, after] of unseen(roll, last.observations, fold.roll)) assert.equal(after, before);
      for (const { before, after } of fold.touched) assert.equal(after.presence, 'present', JSON.stringify(before));
    }),
    { numRuns: 150 },
  );
});

test('law 2: a device whose last place was not covered never changes its presence', () => {
  fc.assert(
    fc.property(someScans, anyScan, (scans, last) => {
      const { roll, at } = reached(scans);
      const fold = applyScan(roll, { ...last, observations: [] }, rules({ at: at + 1000 * HOUR, window: 0 }));
      for (const before of roll.devices.values()) {
        const newest = Math.max(...before.addresses.map(({ seenAt }) => seenAt));
        const places = before.addresses.filter(({ seenAt }) => seenAt === newest);
        const covered = places.every(({ address }) => coversAddress(last.coverage, parseAddress(address) as never));
        const expected = covered ? 'away' : before.presence;
        assert.equal(fold.roll.devices.get(before.id)?.presence, expected);
      }
    }),
    { numRuns: 150 },
  );
});

test('while the clock runs forward, applying a scan twice is applying it once', () => {
  const forward = someScans.map((scans) => scans.map((one) => ({ ...one, after: Math.abs(one.after) })));
  fc.assert(
    fc.property(forward, anyScan, fc.constantFrom(0, 45 * MINUTE), (scans, last, window) => {
      const { roll, at } = reached(scans);
      const given = rules({ at: at + Math.abs(last.after), watchedSince: last.watchedSince, window });
      const once = applyScan(roll, last, given);
      const twice = applyScan(once.roll, last, given);
      assert.deepEqual([twice.touched, twice.spans], [[], []]);
      assert.deepEqual(twice.roll, once.roll);
    }),
    { numRuns: 200 },
  );
});

test('only touched devices have spans and only devices with spans are touched', () => {
  fc.assert(
    fc.property(someScans, anyScan, (scans, last) => {
      const { roll, at } = reached(scans);
      const fold = applyScan(roll, last, rules({ at: at + last.after, watchedSince: last.watchedSince }));
      assert.deepEqual(
        fold.spans.map((delta) => delta.device),
        fold.touched.map(({ after }) => after.id),
      );
      for (const { after } of fold.touched) assert.equal(fold.roll.devices.get(after.id), after);
      for (const { before } of fold.touched) assert.equal(before, before && roll.devices.get(before.id));
    }),
  );
});

test('every device that answered is present and sighted where it answered, once', () => {
  fc.assert(
    fc.property(someScans, anyScan, fc.constantFrom(0, HOUR), (scans, last, window) => {
      const { roll, at } = reached(scans);
      const fold = applyScan(roll, last, rules({ at: at + MINUTE, window }));
      const sightings = fold.sightings.map(({ device: id, address }) => `${id} ${address}`);
      assert.equal(new Set(sightings).size, sightings.length);
      assert.deepEqual(new Set(fold.sightings.map(({ address }) => address)), new Set(last.observations.map(({ address }) => address)));
      for (const { device: id, address } of fold.sightings) {
        const one = fold.roll.devices.get(id);
        assert.equal(one?.presence, 'present');
        assert.ok(one.addresses.some((entry) => entry.address === address && entry.seenAt >= at + MINUTE));
      }
    }),
  );
});

test('a roll is replaced, never edited, and a scan of nothing leaves it as it is', () => {
  const before = rollWith(device());
  const frozen = structuredClone(before);
  const { roll, touched, sightings } = scan(
    before,
    { observations: [seen('10.0.0.9')], coverage: covering(['10.0.0.0/24']) },
    rules({ at: AT + HOUR }),
  );
  assert.deepEqual(before, frozen);
  assert.deepEqual([roll.devices.size, roll.lastDevice, touched.length], [2, 2, 2]);
  assert.deepEqual(sightings, [{ device: 2, address: '10.0.0.9' }]);
  assert.equal(scan(before, { observations: [], coverage: NO_COVERAGE }, rules({ at: AT + HOUR })).roll, before);
});

test('ids are never given twice, though a device was forgotten', () => {
  const roll: Roll = { ...rollWith(device()), lastDevice: 41 };
  const fold = applyScan(roll, { observations: [seen('10.0.0.9', 9)], coverage: NO_COVERAGE }, rules());
  assert.deepEqual([...fold.roll.devices.keys()], [1, 42]);
});

test('it is told why a host was taken for a device, and that nobody saw the one that left', () => {
  const story = new Story(device(), device({ id: 2, at: ['10.0.0.2'] }));
  const told = story.scan(60, [seen('10.0.0.2', 5), seen('10.0.0.3')]);
  assert.deepEqual(
    told.touched.map(({ after, reason }) => `${after.id} ${reason}`),
    ['2 address gained mac', '3 new address', '1 null'],
  );
});

test('a quiet scan of 10,000 hosts touches nobody and stays cheap', () => {
  const place = (i: number): string => `10.0.${i >> 8}.${i & 255}`;
  const host = (i: number): Observation => seen(place(i), i, { names: [name(`host-${i}.lan`)], ports: [port(22), port(80), port(443)] });
  const hosts = Array.from({ length: 10_000 }, (_, i) => host(i + 1));
  const top = Array.from({ length: 500 }, (_, i) => i * 100 + 22).join(',');
  const coverage = covering(['10.0.0.0/18'], `${top},80,443`);
  const { roll } = applyScan(rollWith(), { observations: hosts, coverage }, rules());
  assert.deepEqual(roll.devices.get(10_000)?.macs, [{ mac: mac(10_000), vendor: null }]);
  const started = performance.now();
  const sweep = hosts.map((one) => ({ ...one, ports: [] }));
  for (const [minute, observations, covers] of [
    [1, hosts, coverage],
    [2, sweep, covering(['10.0.0.0/18'])],
  ] as const) {
    const fold = applyScan(roll, { observations, coverage: covers }, rules({ at: AT + minute * MINUTE }));
    assert.deepEqual([fold.touched, fold.sightings.length], [[], 10_000]);
  }
  // The budget is 80 ms for the sweep; this only notices when the cost is of another kind.
  assert.ok(performance.now() - started < 5000);
});

test('law 2: who was seen while a scan was on its way is not missed by it, however short the window', () => {
  const roll = rollWith(device({ id: 1 }), device({ id: 2, at: ['10.0.0.2'], seenAt: AT - MINUTE }));
  const slow = { observations: [], coverage: covering(['10.0.0.0/24']), startedAt: AT - 1 };
  const { touched } = applyScan(roll, slow, rules({ at: AT + MINUTE, window: 0 }));
  assert.deepEqual(
    touched.map(({ after }) => [after.id, after.presence]),
    [[2, 'away']],
  );
  const early = { ...slow, startedAt: AT - 2 * HOUR };
  const { roll: back } = applyScan(roll, early, rules({ at: AT - HOUR, watchedSince: AT - 9 * HOUR, window: 0 }));
  assert.equal(back.devices.get(1)?.presence, 'away', 'R32: a sighting from a future that the clock has left is no excuse');
});
