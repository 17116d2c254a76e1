import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS } from './change.ts';
import { CHANGE_FAMILIES, familyOf, kindsOf } from './change-family.ts';

test('each kind of change is of one family, and no family is empty', () => {
  const listed = CHANGE_FAMILIES.flatMap((family) => kindsOf(family));
  assert.deepEqual([...listed].sort(), [...CHANGE_KINDS].sort());
  for (const family of CHANGE_FAMILIES) assert.ok(kindsOf(family).every((kind) => familyOf(kind) === family) && kindsOf(family).length > 0);
});

test('what came is not drawn like what left', () => {
  assert.deepEqual([familyOf('device.returned'), familyOf('device.left'), familyOf('device.appeared')], ['came', 'left', 'new']);
});
