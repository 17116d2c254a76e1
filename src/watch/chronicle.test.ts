import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, MINUTE } from '../../test/make/device.ts';
import { CHANGE_KINDS, type ChangeMark, familyOf } from '../core/index.ts';
import { Chronicle, type Meant } from './chronicle.ts';
import { unhurried } from './unhurried.ts';

/** A store that has these marks, and tells how often it was asked. */
function remembering(marks: readonly ChangeMark[]) {
  const asked: number[] = [];
  const changeMarks = async ({ afterSeq, limit }: { afterSeq: number; limit: number }) => {
    asked.push(afterSeq);
    return marks.filter(({ seq }) => seq > afterSeq).slice(0, limit);
  };
  return { changeMarks, asked };
}

const mark = fc.record({
  kind: fc.constantFrom(...CHANGE_KINDS),
  device: fc.option(fc.integer({ min: 1, max: 5 })),
  at: fc.integer({ min: AT, max: AT + 100 * MINUTE }),
});
const marks = fc.array(mark, { maxLength: 60 }).map((all) => all.map((one, i): ChangeMark => ({ ...one, seq: i + 1 })));
const meant = fc.record(
  {
    since: fc.integer({ min: AT - MINUTE, max: AT + 100 * MINUTE }),
    until: fc.integer({ min: AT, max: AT + 101 * MINUTE }),
    afterSeq: fc.integer({ min: 0, max: 70 }),
    beforeSeq: fc.integer({ min: 1, max: 70 }),
    devices: fc.array(fc.integer({ min: 1, max: 6 })).map((ids) => new Set(ids)),
    kinds: fc.subarray([...CHANGE_KINDS]),
  },
  { requiredKeys: [] },
);

function fits(
  { since = -Infinity, until = Infinity, afterSeq = 0, beforeSeq = Infinity, devices, kinds }: Meant,
  one: ChangeMark,
): boolean {
  const ofThem = devices === undefined || (one.device !== null && devices.has(one.device));
  const ofKind = kinds === undefined || kinds.includes(one.kind);
  return one.at >= since && one.at <= until && one.seq > afterSeq && one.seq < beforeSeq && ofThem && ofKind;
}

test('it finds the changes that a reader of all of them would find, either way round', async () => {
  await fc.assert(
    fc.asyncProperty(marks, meant, fc.boolean(), fc.integer({ min: 1, max: 20 }), async (all, question, newestFirst, limit) => {
      const chronicle = new Chronicle(remembering(all));
      await chronicle.upTo(all.length);
      const found = await unhurried(chronicle.numbers(question, { limit, newestFirst }));
      const wanted = all.filter((one) => fits(question, one)).map(({ seq }) => seq);
      assert.deepEqual(found, (newestFirst ? wanted.toReversed() : wanted).slice(0, limit));
    }),
    { numRuns: 500 },
  );
});

test('it counts each change once: in the slot of its moment, and under its kind', async () => {
  await fc.assert(
    fc.asyncProperty(marks, meant, fc.integer({ min: 1, max: 7 }), async (all, question, slots) => {
      const [since, until] = [AT, AT + 90 * MINUTE];
      const chronicle = new Chronicle(remembering(all));
      await chronicle.upTo(all.length);
      const { families, kinds } = await unhurried(chronicle.tally(question, { since, until, slots }));
      const wanted = all.filter((one) => fits({ ...question, since, until }, one));
      const told = [...families].flatMap(([family, counts]) =>
        [...counts].flatMap((n, slot) => Array<string>(n).fill(`${family} ${slot}`)),
      );
      const slotOf = (at: number): number => Math.min(slots - 1, Math.floor(((at - since) / (until - since)) * slots));
      assert.deepEqual(told.sort(), wanted.map(({ kind, at }) => `${familyOf(kind)} ${slotOf(at)}`).sort());
      assert.equal(
        [...kinds.values()].reduce((sum, n) => sum + n, 0),
        wanted.length,
      );
    }),
    { numRuns: 500 },
  );
});

test('it goes on where it stopped: what was read once is not read again, and who asks meanwhile waits with the others', async () => {
  const all = Array.from({ length: 12_000 }, (_, i): ChangeMark => ({ seq: i + 1, at: AT + i, kind: 'device.left', device: 1 }));
  const store = remembering(all);
  const chronicle = new Chronicle(store);
  await Promise.all([chronicle.upTo(11_000), chronicle.upTo(11_000)]);
  assert.deepEqual(store.asked, [0, 2500, 5000, 7500, 10_000]);
  await chronicle.upTo(12_000);
  assert.equal((await unhurried(chronicle.numbers({}, { limit: 20_000, newestFirst: false }))).length, 12_000);
  assert.deepEqual(store.asked, [0, 2500, 5000, 7500, 10_000]);
});

test('a store that fails is asked again, and numbers that no change has are none', async () => {
  let broken = true;
  const whole = remembering([
    { seq: 2, at: AT, kind: 'device.left', device: 1 },
    { seq: 4, at: AT, kind: 'device.left', device: null },
  ]);
  const chronicle = new Chronicle({
    changeMarks: async (query) => (broken ? Promise.reject(new Error('the disk is gone')) : whole.changeMarks(query)),
  });
  await assert.rejects(chronicle.upTo(4), /the disk is gone/);
  broken = false;
  await chronicle.upTo(4);
  assert.deepEqual(await unhurried(chronicle.numbers({}, { limit: 9, newestFirst: false })), [2, 4]);
  assert.deepEqual(await unhurried(chronicle.numbers({ devices: new Set([1]) }, { limit: 9, newestFirst: false })), [2]);
});
