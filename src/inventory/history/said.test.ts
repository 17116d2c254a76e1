import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device } from '../../../test/make/device.ts';
import { withSaid } from './said.ts';

test('labels are taken over where nobody said anything', () => {
  const said = { alias: 'Printer', owner: 'Anna', type: 'printer' as const, note: 'by the door', group: 'office' };
  const { labels } = withSaid(device(), said);
  assert.deepEqual(
    [labels.alias, labels.owner, labels.type, labels.note, labels.groups],
    ['Printer', 'Anna', 'printer', 'by the door', ['office']],
  );
});

test('what our users said stays, label by label', () => {
  const ours = device({ alias: 'laser', groups: ['home'], type: 'other' });
  const { labels } = withSaid(ours, { alias: 'Printer', owner: 'Anna', type: 'printer', group: 'office' });
  assert.deepEqual([labels.alias, labels.owner, labels.type, labels.groups], ['laser', 'Anna', 'other', ['home']]);
});

test('what no label may be is left out, and nothing said changes nothing', () => {
  const known = device();
  assert.equal(withSaid(known, {}), known);
  assert.equal(withSaid(known, { alias: ' ', owner: '-dash', note: '', type: null, group: 'a:b' }), known);
  assert.equal(withSaid(known, { type: 'kettle' as never }), known);
  assert.equal(withSaid(known, { alias: 'x'.repeat(9000) }).labels.alias?.length, 255);
});
