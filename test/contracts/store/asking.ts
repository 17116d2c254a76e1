import assert from 'node:assert/strict';
import type { Tell } from '../store.ts';
import { appeared, arrival, at, awaySince, MINUTE, present, type Scene, START } from './scene.ts';

/** What a reader of long histories asks: changes by their numbers and marks, and comings and goings of many at once. */
export function askingStories(tell: Tell): void {
  tell('changes are read before a number, at several numbers, and by their marks', async ({ store, commit }) => {
    for (const n of [1, 2, 3, 4]) await commit(START + n * MINUTE, arrival(n, START + n * MINUTE));
    const seqs = async (query: Parameters<typeof store.changes>[0]): Promise<number[]> =>
      (await store.changes(query)).map(({ seq }) => seq);
    assert.deepEqual(await seqs({ beforeSeq: 3, newestFirst: true, limit: 10 }), [2, 1]);
    assert.deepEqual(await seqs({ beforeSeq: 4, afterSeq: 1, limit: 10 }), [2, 3]);
    assert.deepEqual(await seqs({ seqs: [4, 2, 99], limit: 10 }), [2, 4]);
    assert.deepEqual(await seqs({ seqs: [1, 2, 4], newestFirst: true, limit: 2 }), [4, 2]);
    assert.deepEqual(await seqs({ seqs: [1, 2], device: 2, limit: 10 }), [2]);
    assert.deepEqual(await seqs({ seqs: [], limit: 10 }), []);
    assert.deepEqual(await store.changeMarks({ afterSeq: 2, limit: 1 }), [
      { seq: 3, at: START + 3 * MINUTE, kind: 'device.appeared', device: 3 },
    ]);
    assert.deepEqual(await store.changeMarks({ afterSeq: 4, limit: 10 }), []);
  });

  tell('more numbers than a statement takes are read all the same, in order and up to the limit', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START + MINUTE, { changes: Array.from({ length: 1200 }, () => appeared(1)) });
    const odd = Array.from({ length: 600 }, (_, i) => 2 * i + 1);
    const read = async (limit: number, newestFirst: boolean): Promise<number[]> =>
      (await store.changes({ seqs: odd, limit, newestFirst })).map(({ seq }) => seq);
    assert.deepEqual(await read(10_000, false), odd);
    assert.deepEqual(await read(550, true), odd.toReversed().slice(0, 550));
  });

  tell('of several devices the spans of presence that reach beyond a moment are told, and no others', async ({ store, commit }) => {
    await comeAndGo(commit);
    const told = async (devices: readonly number[], since: number) =>
      (await store.presenceSpans(devices, since)).map(({ device, kind, value, from, to }) => [device, kind, value, from, to]);
    const away = awaySince(START).value;
    assert.deepEqual(await told([2, 1], START), [
      [1, 'presence', 'present', START, START + 10 * MINUTE],
      [1, 'presence', away, START + 10 * MINUTE, START + 20 * MINUTE],
      [1, 'presence', 'present', START + 20 * MINUTE, null],
      [2, 'presence', 'present', START + 1, null],
      [2, 'merged', '1', START + 30 * MINUTE, null],
    ]);
    assert.deepEqual(await told([1], START + 10 * MINUTE), (await told([1], START)).slice(1));
    assert.deepEqual(await told([], START), []);
  });
}

async function comeAndGo(commit: Scene['commit']): Promise<void> {
  const gone = { kind: 'presence', key: '' } as const;
  await commit(START, arrival(1, START));
  await commit(START + 1, arrival(2, START + 1));
  await commit(START + 10 * MINUTE, { spans: [{ device: 1, close: [gone], open: [awaySince(START)] }] });
  await commit(START + 20 * MINUTE, { spans: [{ device: 1, close: [gone], open: [present, at('192.0.2.9')] }] });
  await commit(START + 30 * MINUTE, { spans: [{ device: 2, close: [], open: [{ kind: 'merged', key: '', value: '1' }] }] });
}
