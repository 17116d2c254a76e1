import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsText } from './label-text.ts';

test('an edit is told in the words in which people say it', () => {
  const told: [key: string, was: unknown, is: unknown, text: string][] = [
    ['probed', true, false, 'probe yes -> no'],
    ['carried', null, true, 'carried auto -> yes'],
    ['carried', false, null, 'carried no -> auto'],
    ['window', 34_560_000_000, null, 'window 400d -> usual'],
    ['window', null, '45m', 'window usual -> 45m'],
    ['alias', null, 'printer', 'name none -> printer'],
    ['owner', 'Anna B', null, 'owner Anna B -> none'],
    ['importance', 'normal', 'high', 'importance normal -> high'],
    ['tags', ['OK', 'ok z'], ['école y', 'OK'], 'tags +école y, -ok z'],
    ['distinct', [], [8], 'is not +#8'],
    ['note', null, `by\nthe ${'x'.repeat(100)}`, `note none -> by the ${'x'.repeat(40)}…`],
  ];
  for (const [key, was, is, text] of told) assert.equal(labelsText({ [key]: was }, { [key]: is }), text);
});

test('what stays is not told, and what changed is parted by semicolons', () => {
  assert.equal(labelsText({ tags: ['a'], probed: true }, { tags: ['a'], probed: true }), '');
  assert.equal(labelsText({ tags: [], owner: null }, { tags: ['a'], owner: 'Bo' }), 'tags +a; owner none -> Bo');
});
