import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backOf, differing, editOf, lotsOf, NOTHING_SAID, TAKEN } from './bulk-form.ts';

const device = {
  id: 7,
  type: 'camera' as const,
  owner: 'Anna',
  groups: ['iot'],
  tags: ['old'],
  importance: 'normal' as const,
  probed: true,
  note: null,
  gentle: null,
};

test('a form that says nothing asks for nothing', () => assert.equal(editOf(NOTHING_SAID), null));

test('only what was said is asked for; what is taken away is null', () => {
  assert.deepEqual(editOf({ ...NOTHING_SAID, owner: ' Bea ', type: TAKEN, probed: 'no', gentle: 'usual' }), {
    owner: 'Bea',
    type: null,
    probed: false,
    gentle: null,
  });
});

test('groups and tags are listed with commas, each once', () => {
  assert.deepEqual(editOf({ ...NOTHING_SAID, addTags: 'ok, ok,, new', dropGroups: 'iot' }), {
    groups: { drop: ['iot'] },
    tags: { add: ['ok', 'new'] },
  });
});

test('no question names more devices than one may', () => {
  assert.deepEqual(
    lotsOf(Array.from({ length: 2001 }, (_, i) => i)).map(({ length }) => length),
    [1000, 1000, 1],
  );
  assert.deepEqual(lotsOf([]), []);
});

test('what would change is told field by field', () => {
  assert.deepEqual(differing(device, { ...device, owner: null, tags: ['old', 'ok'] }), [
    { field: 'owner', before: 'Anna', after: '' },
    { field: 'tags', before: 'old', after: 'old, ok' },
  ]);
});

test('an edit is taken back as it was: a type that was guessed becomes a guess again', () => {
  const after = { ...device, type: 'printer' as const, groups: ['office'], importance: 'high' as const };
  assert.deepEqual(backOf(device, after, false), { type: null, groups: { add: ['iot'], drop: ['office'] }, importance: 'normal' });
  assert.deepEqual(backOf(device, after, true)?.type, 'camera');
  assert.equal(backOf(device, device, true), null);
});
