import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering } from '../../../test/make/device.ts';
import type { Part } from '../vantage/parts.ts';
import { abreast } from './abreast.ts';

const part = (...addresses: string[]): Part => ({
  reach: 'attached',
  family: 4,
  iface: 'va',
  network: null,
  ranges: covering(addresses).addresses,
});

/** Runs that end when the test says so. */
function runs(parts: readonly Part[], most: number) {
  const begun: number[] = [];
  const ends = parts.map(() => Promise.withResolvers<string>());
  const done = abreast(parts, most, (_, index) => {
    begun.push(index);
    return (ends[index] as (typeof ends)[number]).promise;
  });
  const end = async (index: number): Promise<void> => {
    ends[index]?.resolve(`end ${index}`);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, done, end, ends };
}

test('no more run at once than may, and what each came to keeps its place', async () => {
  const { begun, done, end } = runs([part('10.0.0.1'), part('10.0.0.2'), part('10.0.0.3')], 2);
  assert.deepEqual(begun, [0, 1]);
  await end(1);
  assert.deepEqual(begun, [0, 1, 2]);
  await end(2);
  await end(0);
  assert.deepEqual(await done, ['end 0', 'end 1', 'end 2']);
});

test('no host is asked by two runs at once', async () => {
  const { begun, done, end } = runs([part('10.0.0.1', '10.0.0.2'), part('10.0.0.2'), part('10.0.0.9')], 8);
  assert.deepEqual(begun, [0, 2]);
  await end(0);
  assert.deepEqual(begun, [0, 2, 1]);
  await end(1);
  await end(2);
  assert.equal((await done).length, 3);
});

test('nothing to run is done at once, and a run that breaks breaks all', async () => {
  assert.deepEqual(await runs([], 2).done, []);
  const { done, ends } = runs([part('10.0.0.1'), part('10.0.0.2')], 1);
  ends[0]?.reject(new Error('broken'));
  await assert.rejects(done, /broken/);
});
