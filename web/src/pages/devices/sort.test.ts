import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Row } from './row.ts';
import { isSortKey, sortRows } from './sort.ts';

const row = (fields: Partial<Row>): Row => ({
  id: 1,
  name: null,
  macs: [],
  addresses: [],
  vendor: null,
  randomizedMac: false,
  os: null,
  presence: 'present',
  type: null,
  typeBy: null,
  owner: null,
  groups: [],
  tags: [],
  importance: 'normal',
  probed: true,
  firstSeen: '2026-11-01T08:00:00.000Z',
  lastSeen: '2026-11-01T08:00:00.000Z',
  open: [],
  ...fields,
});

const names = (rows: readonly Row[]): (string | null)[] => rows.map(({ name }) => name);

test('names are sorted as people look them up: numbers by size, neither case nor accents count', () => {
  const rows = ['camera-10', 'Éclair', 'camera-9', 'echo', 'Zebra', 'camera-1'].map((name, id) => row({ id, name }));
  assert.deepEqual(names(sortRows(rows, { by: 'name', descending: false })), [
    'camera-1',
    'camera-9',
    'camera-10',
    'echo',
    'Éclair',
    'Zebra',
  ]);
});

test('what has nothing to go by comes last, whichever way', () => {
  const rows = [row({ id: 1 }), row({ id: 2, owner: 'Anna' }), row({ id: 3, owner: 'Bea' })];
  assert.deepEqual(
    sortRows(rows, { by: 'owner', descending: false }).map(({ id }) => id),
    [2, 3, 1],
  );
  assert.deepEqual(
    sortRows(rows, { by: 'owner', descending: true }).map(({ id }) => id),
    [3, 2, 1],
  );
});

test('addresses are sorted by number, IPv4 first', () => {
  const rows = ['fe80::2', '10.0.0.10', '10.0.0.9', '9.9.9.9'].map((address, id) => row({ id, addresses: [address] }));
  assert.deepEqual(
    sortRows(rows, { by: 'addresses', descending: false }).map(({ addresses }) => addresses[0]),
    ['9.9.9.9', '10.0.0.9', '10.0.0.10', 'fe80::2'],
  );
});

test('devices with many open ports are found by sorting', () => {
  const rows = [row({ id: 1, open: ['22/tcp'] }), row({ id: 2, open: Array.from({ length: 12 }, (_, i) => `${i}/tcp`) }), row({ id: 3 })];
  assert.deepEqual(
    sortRows(rows, { by: 'ports', descending: true }).map(({ id }) => id),
    [2, 1, 3],
  );
});

test('sorting keeps every row once, whatever a device calls itself, and is the same from any order', () => {
  const anyRow = fc.record({ name: fc.option(fc.string({ unit: 'binary', maxLength: 300 })) });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 30 }), fc.boolean(), (fields, descending) => {
      const rows = fields.map(({ name }, id) => row({ id, name }));
      const sorted = sortRows(rows, { by: 'name', descending });
      assert.deepEqual(
        sorted.map(({ id }) => id).sort((a, b) => a - b),
        rows.map(({ id }) => id),
      );
      assert.deepEqual(sortRows(rows.toReversed(), { by: 'name', descending }), sorted);
    }),
  );
});

test('a word of an address bar is no column unless it is one', () => {
  assert.equal(isSortKey('lastSeen'), true);
  assert.equal(isSortKey('toString'), false);
});
