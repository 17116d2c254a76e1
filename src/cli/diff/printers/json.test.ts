import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ATTACKS, differing, EVERY_KIND, hostileItems, joined, sides, stream, sum } from '../../../../test/make/comparison.ts';
import type { ComparisonItem } from '../../../core/index.ts';
import { jsonPieces } from './json.ts';

const WHOLE = { verbose: false, summary: false };

const parsed = async (items: readonly ComparisonItem[], options = WHOLE): Promise<any> =>
  JSON.parse(await joined(jsonPieces(stream(...items), options)));

/** What the document should say: the items, without the word of which kind each is. */
function documentOf(items: readonly ComparisonItem[]): unknown {
  const bare = items.map(({ kind: _, ...item }) => item);
  return { ...bare[0], devices: bare.slice(1, -1), sum: bare.at(-1) };
}

test('a comparison is one document, whether none, one or several devices differ', async () => {
  for (const devices of [[], [differing(EVERY_KIND)], [differing(EVERY_KIND), differing([]), differing([])]]) {
    const items = [sides(), ...devices, sum({ different: devices.length })];
    assert.deepEqual(await parsed(items), documentOf(items));
  }
});

test('a summary has no list of devices, which could be taken for an empty one', async () => {
  assert.deepEqual(Object.keys(await parsed([sides(), sum()], { ...WHOLE, summary: true })), ['a', 'b', 'sum']);
});

test('each device goes out before the next one is asked for', async () => {
  let asked = 0;
  async function* counting(): AsyncGenerator<ComparisonItem> {
    yield sides();
    for (; asked < 3; asked++) yield differing([]);
    yield sum();
  }
  const seen: number[] = [];
  for await (const _ of jsonPieces(counting(), WHOLE)) seen.push(asked);
  assert.deepEqual(seen, [0, 0, 1, 2, 3]);
});

test('a comparison that breaks off leaves no document that could be read', async () => {
  await assert.rejects(parsed([sides(), differing([])]), SyntaxError);
});

test('S5: hostile text is plain in the document and parses back to itself', async () => {
  for (const attack of ATTACKS) {
    const text = await joined(jsonPieces(stream(...hostileItems(attack)), WHOLE));
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
    assert.deepEqual(JSON.parse(text), documentOf(hostileItems(attack)));
  }
});
