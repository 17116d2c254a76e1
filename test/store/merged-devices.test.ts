import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Device, deviceFromFacts, factsOf, NO_COVERAGE } from '../../src/core/index.ts';
import { type Amendment, amend, forgetDevices, mergeDevices, type Roll, rollOf, splitDevice } from '../../src/inventory/index.ts';
import { openMemory } from '../../src/store/memory/open.ts';
import { anyDevice } from '../make/arbitraries.ts';
import { AT } from '../make/device.ts';
import { rollWith } from '../make/story.ts';

/** Commits amendments one after another, as the keeper does. */
async function openBook() {
  const store = openMemory();
  const answer = await store.acquireLease({ id: 'a', pid: 1, host: 'h', startedAt: 0 }, AT, 1e9);
  assert.ok(answer.granted);
  let at = AT;
  return async (roll: Roll, amendment: Amendment): Promise<Roll> => {
    at += 1000;
    const { roll: after, spans, created } = amend(roll, amendment);
    const nothing = { cause: null, coverage: NO_COVERAGE, vantage: null, tool: null, commands: [], asked: 0, up: 0, target: null } as const;
    const begun = { site: 'home', subject: 'x', plan: 'edit', startedAt: at, finishedAt: at, outcome: 'complete', ...nothing } as const;
    const scan = { ...begun, id: await store.beginScan(begun, answer.lease), run: null, changes: amendment.changes.length };
    await store.commit({ scan, created, spans, sightings: [], changes: amendment.changes, raw: null }, answer.lease);
    const { devices, lastDevice } = await store.load('home');
    const stored = rollOf('home', devices, lastDevice);
    assert.deepEqual([factsIn(stored.devices), factsIn(stored.merged)], [factsIn(after.devices), factsIn(after.merged)]);
    assert.deepEqual(await store.check(), []);
    return after;
  };
}

/** Facts as sets: what is stored has its own order. */
const factsIn = (devices: Roll['devices']): [number, string[]][] =>
  [...devices.values()]
    .sort((a, b) => a.id - b.id)
    .map((one) => [
      one.id,
      factsOf(one)
        .map((fact) => JSON.stringify(fact))
        .sort(),
    ]);

/** As a store gives them back. */
const asStored = (one: Device, id: number): Device => {
  const settled = { ...one, id, site: 'home', mergedInto: null };
  return deviceFromFacts(settled, factsOf(settled), (address) => one.addresses.find((entry) => entry.address === address)?.seenAt);
};

test('R39: merging, taking back, and forgetting fit what is stored, whatever the devices', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDevice, { minLength: 3, maxLength: 4 }), async (drawn) => {
      const devices = drawn.map((one, i) => asStored({ ...one, macs: i === 0 ? one.macs : [] }, i + 1));
      const keep = await openBook();
      let roll = await keep(rollWith(), { touched: devices.map((after) => ({ before: null, after })), changes: [] });
      roll = await keep({ ...roll, site: 'home' }, mergeDevices(roll, { keep: 2, absorb: [3] }));
      roll = await keep(roll, mergeDevices(roll, { keep: 1, absorb: [2] }));
      roll = await keep(roll, splitDevice(roll, { undo: 3 }));
      roll = await keep(roll, splitDevice(roll, { undo: 2, memory: { before: new Map([[1, devices[0] as Device]]), order: new Map() } }));
      roll = await keep(roll, mergeDevices(roll, { keep: 3, absorb: [1] }));
      roll = await keep(roll, forgetDevices(roll, [3]));
      assert.ok(!roll.devices.has(1) && !roll.devices.has(3) && roll.devices.has(2));
    }),
    { numRuns: 60 },
  );
});
