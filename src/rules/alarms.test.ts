import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Alarms, withAlarm, withoutFirst } from './alarms.ts';

test('alarms come earliest first, whatever order they were set in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (moments) => {
      let alarms: Alarms | null = null;
      for (const [id, at] of moments.entries()) alarms = withAlarm(alarms, at, id);
      const kept = alarms;
      const heard: number[] = [];
      for (; alarms !== null; alarms = withoutFirst(alarms)) heard.push(alarms.at);
      assert.deepEqual(
        heard,
        moments.toSorted((a, b) => a - b),
      );
      assert.equal(kept?.at, heard[0], 'a version stays as it was');
    }),
  );
});

test('alarms set in order do not make a deep heap', () => {
  let alarms: Alarms | null = null;
  for (let id = 0; id < 200_000; id++) alarms = withAlarm(alarms, id, id);
  let depth = 0;
  for (let spine: Alarms | null = alarms; spine !== null; spine = spine.right) depth++;
  assert.ok(depth < 20);
});
