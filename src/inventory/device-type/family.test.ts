import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, name } from '../../../test/make/device.ts';
import { type Family, hintsOf } from './family.ts';

const family: Family = {
  says: 'is called',
  of: ({ names }) => names.map((one) => one.name),
  rules: [
    [/tv/i, 'tv', 0.5],
    [/smart-?tv/i, 'tv', 0.8],
    [/^TV|cast$/, 'speaker', 0.4],
  ],
};
const hints = (...names: string[]) =>
  hintsOf(family, device({ names: names.map((text) => name(text)) })).map(({ type, confidence }) => ({ type, confidence }));

test('of what fits one text or several, the surest counts for each type', () => {
  assert.deepEqual(hints('my-tv'), [{ type: 'tv', confidence: 0.5 }]);
  assert.deepEqual(hints('smart-tv'), [{ type: 'tv', confidence: 0.8 }]);
  assert.deepEqual(hints('my-tv', 'host-1', 'smart-tv'), [{ type: 'tv', confidence: 0.8 }]);
  assert.deepEqual(hints('smart-tv', 'my-cast'), [
    { type: 'tv', confidence: 0.8 },
    { type: 'speaker', confidence: 0.4 },
  ]);
});

test('what fits no rule as it is written says nothing, however often it is asked', () => {
  for (const _ of [1, 2]) assert.deepEqual([hints(), hints('host-1'), hints('CAST', 'host-2')], [[], [], []]);
});
