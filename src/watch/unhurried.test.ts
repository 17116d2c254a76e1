import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flatMapped, unhurried } from './unhurried.ts';

/** Slices of 2 ms each, as a fold of thousands of devices has them. */
function* long(slices: number): Generator<void, string> {
  for (let slice = 0; slice < slices; slice++) {
    const end = performance.now() + 2;
    while (performance.now() < end);
    yield;
  }
  return 'done';
}

test('a long calculation gives way several times, a short one runs through', async () => {
  const turnsDuring = async (slices: number): Promise<number> => {
    let turns = 0;
    let next = setImmediate(function turn() {
      turns++;
      next = setImmediate(turn);
    });
    assert.equal(await unhurried(long(slices)), 'done');
    clearImmediate(next);
    return turns;
  };
  assert.ok((await turnsDuring(20)) >= 5);
  assert.equal(await turnsDuring(0), 0);
});

test('what breaks in a calculation is its caller’s to know', async () => {
  const broken = flatMapped([1, 2], () => {
    throw new Error('broken');
  });
  await assert.rejects(unhurried(broken), /broken/);
});

test('lists of any length are mapped whole and in order', async () => {
  const items = Array.from({ length: 1001 }, (_, index) => index);
  assert.deepEqual(
    await unhurried(flatMapped(items, (item) => (item % 2 === 0 ? [item, -item] : []))),
    items.flatMap((item) => (item % 2 === 0 ? [item, -item] : [])),
  );
  assert.deepEqual(await unhurried(flatMapped([], () => [1])), []);
});
