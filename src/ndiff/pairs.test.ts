import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf } from './identity.ts';
import { NoOrder, pairsOf } from './pairs.ts';
import type { HostTable } from './reading/host-table.ts';

const table = (addresses: readonly (string | null)[]): HostTable => ({
  ids: addresses.map((text) => (text === null ? null : idOf([{ type: 'ipv4', text }], []))),
  offsets: new Float64Array(addresses.length),
  lengths: new Float64Array(addresses.length),
  digests: new Uint8Array(16 * addresses.length),
});

const pairs = (a: readonly (string | null)[], b: readonly (string | null)[]): string[] =>
  Array.from(pairsOf(table(a), table(b)), (pair) => `${pair.a ?? '-'} ${pair.b ?? '-'}`);

test('hosts of equal identity pair, the others stand alone, all in the order of text', () => {
  assert.deepEqual(pairs(['10.0.0.9', '10.0.0.10', '10.0.0.1'], ['10.0.0.2', '10.0.0.10']), ['2 -', '1 1', '- 0', '0 -']);
  assert.deepEqual(pairs([], []), []);
});

test('an identity given more often pairs in the order of the documents, the rest stand alone', () => {
  assert.deepEqual(pairs(['x', 'a', 'x', 'x'], ['x', 'x']), ['1 -', '0 0', '2 1', '3 -']);
});

test('hosts without address and name pair with nobody, and have no place among others', () => {
  assert.deepEqual(pairs([null], [null, null]), ['0 -', '- 0', '- 1']);
  assert.throws(() => pairsOf(table([null, 'x']), table([])), NoOrder, 'before anything is compared');
  const mixed = pairsOf(table([null]), table(['x']));
  assert.throws(() => [...mixed], NoOrder, 'only where they meet');
  assert.deepEqual(pairs([null], []), ['0 -']);
});
