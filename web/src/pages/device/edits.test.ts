import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceJson } from '../../../../src/contract/index.ts';
import { setEdit, undoing } from './edits.ts';

const device = {
  alias: null,
  type: 'printer',
  typeBy: 'guess',
  owner: 'Anna',
  carried: null,
  groups: ['office'],
  tags: ['ok'],
  note: null,
  importance: 'normal',
  window: null,
  probed: true,
  gentle: null,
} as unknown as DeviceJson;

test('an edit is taken back by what was before, field by field', () => {
  assert.deepEqual(undoing(device, { owner: null, note: 'by the door', probed: false }), { owner: 'Anna', note: null, probed: true });
});

test('a type that was a guess becomes a guess again', () => assert.deepEqual(undoing(device, { type: 'nas' }), { type: null }));

test('a group that was there before is not taken out again', () => {
  assert.deepEqual(undoing(device, { groups: { add: ['office', 'iot'], drop: ['none'] } }), { groups: { add: [], drop: ['iot'] } });
});

test('a list of labels becomes what was added and dropped', () => {
  assert.deepEqual(setEdit(['a', 'b'], ['b', ' c ', '']), { add: ['c'], drop: ['a'] });
  assert.equal(setEdit(['a'], ['a']), null);
});
