import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differing, kindOf, side, sides, stream, sum } from '../../../test/make/comparison.ts';
import type { ComparisonItem } from '../../core/index.ts';
import { fewUnknown, unknownLeftOut } from './few-unknown.ts';
import { heard, withoutDevices } from './items.ts';
import { sumFirst } from './sum-first.ts';
import { cautions, sideText, sumText } from './sum-text.ts';

process.env['TZ'] = 'UTC';

const changed = differing([kindOf('port.opened')]);
const silent = differing([], { unknown: [{ what: 'device', side: 'b', text: 'it was not asked' }] });
const kinds = async (items: AsyncIterable<ComparisonItem>): Promise<string> => (await Array.fromAsync(items, ({ kind }) => kind)).join(' ');

test('the sum moves before the devices, which keep their order', async () => {
  assert.equal(await kinds(sumFirst(stream(sides(), changed, silent, sum()))), 'sides sum device device');
  assert.equal(await kinds(sumFirst(stream(sides(), sum()))), 'sides sum');
  const moved = await Array.fromAsync(sumFirst(stream(sides(), changed, silent, sum())));
  assert.deepEqual(moved.slice(2), [changed, silent]);
});

test('too many devices are not held back: then the sum stays last', async () => {
  assert.equal(await kinds(sumFirst(stream(sides(), changed, changed, changed, sum()), 2)), 'sides device device device sum');
  let drawn = 0;
  async function* endless(): AsyncGenerator<ComparisonItem> {
    for (;;) {
      drawn++;
      yield changed;
    }
  }
  for await (const item of sumFirst(endless(), 10)) if (item.kind === 'device') break;
  assert.equal(drawn, 11);
});

test('a comparison that breaks off is a failure, whatever it said until then', async () => {
  const told: string[] = [];
  const hear = ({ kind }: ComparisonItem): void => void told.push(kind);
  await assert.rejects(kinds(heard(stream(sides(), changed), hear)), { name: 'Fault', code: 'unavailable', message: /broke off/ });
  await assert.rejects(kinds(heard(stream(), hear)), /broke off/);
  assert.deepEqual(told, ['sides', 'device']);
  assert.equal(await kinds(heard([sides(), changed, sum()], hear)), 'sides device sum');
});

test('a summary has no devices', async () => {
  assert.equal(await kinds(withoutDevices(stream(sides(), changed, silent, sum()))), 'sides sum');
});

test('of many devices of which nothing can be said a few are told, and the rest is counted', async () => {
  const seven = Array.from({ length: 7 }, () => silent);
  assert.equal(await kinds(fewUnknown(stream(...seven, changed, sum()))), `${'device '.repeat(6)}sum`);
  assert.equal(unknownLeftOut(sum({ unknown: 7 })), 'of 2 more devices nothing can be said (--verbose tells them all)');
  assert.equal(unknownLeftOut(sum({ unknown: 6 })), 'of 1 more device nothing can be said (--verbose tells them all)');
  assert.equal(unknownLeftOut(sum({ unknown: 5 })), null);
});

test('the sum is one sentence', () => {
  assert.equal(sumText(sum()), 'no differences, 57 same');
  assert.equal(sumText(sum({ unknown: 2, ignored: 1 })), 'no differences, 57 same, 2 unknown, 1 difference ignored');
  assert.equal(sumText(sum({ different: 1, kinds: { 'port.opened': 9 } })), '1 device differs, 57 same');
  assert.equal(
    sumText(sum({ different: 3, unknown: 2, kinds: { 'device.appeared': 1, 'device.left': 1, 'device.returned': 1 }, ignored: 4 })),
    '3 devices differ (1 new, 1 gone, 1 back), 57 same, 2 unknown, 4 differences ignored',
  );
});

test('a side says when it was so, unless its title does, and what to be careful with', () => {
  assert.equal(sideText(side()), '2026-11-16 03:00:05, 60 devices');
  assert.equal(sideText(side({ source: 'moment', devices: 1 })), '1 device');
  assert.equal(sideText(side({ at: null })), '60 devices');
  assert.deepEqual(cautions(side({ partial: 'it is cut off', warnings: ['w'] })), ['not whole: it is cut off', 'w']);
  assert.deepEqual(cautions(side()), []);
});
