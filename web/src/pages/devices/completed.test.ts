import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completed } from './completed.ts';

const choice = (insert: string, count: number | null) => ({ insert, label: insert, about: '', count });

test('a key waits for its value', () => {
  assert.deepEqual(completed('gr', { from: 0, to: 2 }, choice('group:', null)), { text: 'group:', cursor: 6 });
});

test('a value ends its word, so that the next one can follow', () => {
  assert.deepEqual(completed('group:li', { from: 6, to: 8 }, choice('"living room"', 4)), { text: 'group:"living room" ', cursor: 20 });
});

test('in the middle of a filter the rest stays, with no second gap', () => {
  assert.deepEqual(completed('group:li -tag:ok', { from: 6, to: 8 }, choice('iot', 4)), { text: 'group:iot -tag:ok', cursor: 9 });
});
