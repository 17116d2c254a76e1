import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device } from '../../../test/make/device.ts';
import type { Change } from '../../core/index.ts';
import { partiesOf, whereaboutsIn } from './parties.ts';

const change = (fields: Partial<Change>): Change => ({
  seq: 1,
  at: AT,
  scan: 1,
  kind: 'device.left',
  device: null,
  before: null,
  after: null,
  ...fields,
});

const phone = device({ id: 1, owner: 'Änne', type: 'phone', groups: ['Family', 'phones'] });
const tablet = device({ id: 2, owner: 'Bo', type: 'tablet', presence: 'away' });
const watch = device({ id: 3, owner: 'Cleo', type: 'watch', presence: 'unknown' });

test('a change is about its person or group, or about whose device it is and the groups that is in, however they are spelled', () => {
  assert.deepEqual(partiesOf(change({ kind: 'person.left', after: { name: 'ANNA' } }), null), ['anna']);
  assert.deepEqual(partiesOf(change({ kind: 'group.last-left', after: { name: 'Kids' } }), null), ['group:kids']);
  assert.deepEqual(partiesOf(change({ device: 1 }), phone), ['änne', 'group:family', 'group:phones']);
  assert.deepEqual(partiesOf(change({ kind: 'vantage.blind' }), null), []);
});

test('people and groups are home, away, or nobody knows; who is not known at all is nowhere', () => {
  const whereIs = whereaboutsIn(() => [phone, tablet, watch]);
  assert.deepEqual(['ÄNNE', 'bo', 'Cleo', 'group:FAMILY', 'family', 'dora'].map(whereIs), [
    'home',
    'away',
    'unknown',
    'home',
    'unknown',
    'unknown',
  ]);
  // The same name with its accent written as a character of its own.
  assert.equal(whereIs('A\u0308nne'), 'home');
});

test('nobody is looked for until somebody asks, and then all at once', () => {
  let looked = 0;
  const whereIs = whereaboutsIn(() => {
    looked++;
    return [phone];
  });
  assert.equal(looked, 0);
  whereIs('änne');
  whereIs('bo');
  assert.equal(looked, 1);
});
