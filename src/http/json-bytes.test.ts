import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isLong, jsonBytes } from './json-bytes.ts';

const text = async (value: unknown): Promise<string> => Buffer.from(await jsonBytes(value)).toString();

const rows = (count: number): object[] =>
  Array.from({ length: count }, (_, id) => ({ id, name: `host-${id}`, 'a "key"\n': '</script>\u2028' }));

test('long lists, wherever they stand, are written exactly as JSON.stringify does', async () => {
  for (const count of [0, 1, 250, 251, 500, 501, 999]) {
    const list = rows(count);
    for (const value of [
      list,
      { list },
      { kind: 'snapshot', gone: undefined, roll: { at: null, devices: list, list } },
      { a: { b: { c: { list } } } },
    ])
      assert.equal(await text(value), JSON.stringify(value));
  }
});

test('anything JSON can say comes out as JSON.stringify says it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 0, max: 600 }), async (value, count) => {
      const long = { before: value, list: Array.from({ length: count }, () => value), after: [value] };
      assert.equal(await text(long), JSON.stringify(long));
    }),
    { numRuns: 50 },
  );
});

test('others get their turn while ten thousand rows are written', async () => {
  let turns = 0;
  let writing = true;
  const count = (): void => {
    turns++;
    if (writing) setImmediate(count);
  };
  setImmediate(count);
  const wide = Array.from({ length: 10_000 }, (_, id) => ({ id, text: 'x'.repeat(2000) }));
  await jsonBytes(wide);
  writing = false;
  assert.ok(turns >= 2, `${turns} turns`);
});

test('what is asked for again is written once', async () => {
  const value = { list: rows(300) };
  assert.equal(await jsonBytes(value), await jsonBytes(value));
});

test('only lists of many rows count as long', () => {
  assert.deepEqual(
    [isLong(rows(250)), isLong(rows(251)), isLong({ a: { list: rows(251) } }), isLong('x'.repeat(9999)), isLong(null)],
    [false, true, true, false, false],
  );
});
