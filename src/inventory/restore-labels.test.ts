import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { device } from '../../test/make/device.ts';
import { type Device, Fault, type LabelEdit } from '../core/index.ts';
import { editLabels } from './edit-labels.ts';
import { type LabelStep, restoreLabels } from './restore-labels.ts';

const rollOf = (...devices: readonly Device[]) => ({ devices: new Map(devices.map((one) => [one.id, one])) });
const stepOf = (before: Device, after: Device): LabelStep => ({ device: before.id, was: before.labels, is: after.labels });
const conflict = (pattern: RegExp) => (thrown: unknown) =>
  thrown instanceof Fault && thrown.code === 'conflict' && pattern.test(thrown.message);

suite('labels as they were', () => {
  test('come back where nobody said anything else since, and what was said of other things stays', () => {
    const before = device({ id: 1, alias: 'a', tags: ['x'] });
    const after = editLabels(before, { alias: 'b', tags: { add: ['y'] } });
    const since = editLabels(after, { note: 'new', owner: 'Bo' });
    const [restored] = restoreLabels(rollOf(since), [stepOf(before, after)]);
    assert.deepEqual(restored?.before, since);
    assert.deepEqual(restored?.after.labels, { ...since.labels, alias: 'a', tags: ['x'] });
  });

  test('of none of them, where one was changed since, merged or forgotten; the refusal says which and what', () => {
    const [one, two] = [device({ id: 1, alias: 'nas' }), device({ id: 2 })];
    const [first, second] = [editLabels(one, { owner: 'Anna' }), editLabels(two, { alias: 'tv' })];
    const steps = [stepOf(one, first), stepOf(two, second)];
    const other = editLabels(second, { alias: 'radio' });
    assert.throws(() => restoreLabels(rollOf(first, other), steps), conflict(/of #2 \(radio\): somebody changed its name since/));
    assert.throws(
      () => restoreLabels(rollOf(editLabels(first, { owner: 'Bo' }), second), steps),
      conflict(/#1 \(nas\): somebody changed its owner/),
    );
    assert.throws(() => restoreLabels(rollOf(first), steps), conflict(/of #2: it was merged or forgotten since/));
  });

  test('are the same after any edits and any number of steps back', () => {
    const NAMES = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 });
    const EDIT: fc.Arbitrary<LabelEdit> = fc.record(
      {
        alias: fc.option(fc.constantFrom('x', 'y')),
        owner: fc.option(fc.constantFrom('Anna', 'Bo')),
        probed: fc.boolean(),
        window: fc.option(fc.integer({ min: 1, max: 9 })),
        tags: fc.record({ add: NAMES, drop: NAMES }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(EDIT, { maxLength: 12 }), (edits) => {
        const states = edits.reduce<Device[]>((all, edit) => [...all, editLabels(all.at(-1) as Device, edit)], [device({ id: 1 })]);
        for (let i = states.length - 1; i > 0; i--) {
          const [before, after] = [states[i - 1] as Device, states[i] as Device];
          const [restored] = restoreLabels(rollOf(after), [stepOf(before, after)]);
          assert.deepEqual(restored?.after.labels, before.labels);
        }
      }),
    );
  });
});
