import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lookFrom, paramsOf, sortBy, USUAL_SORT } from './look.ts';

test('any look can be read back from its address', () => {
  const look = fc.record(
    {
      filter: fc.string({ unit: 'grapheme' }),
      sort: fc.record(
        { by: fc.constantFrom('name' as const, 'lastSeen' as const, 'ports' as const), descending: fc.boolean() },
        { noNullPrototype: true },
      ),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(look, (one) => assert.deepEqual(lookFrom(new URLSearchParams(paramsOf(one).toString())), one)));
});

test('the usual look has an empty address', () => {
  assert.equal(paramsOf({ filter: '', sort: USUAL_SORT }).toString(), '');
});

test('what else stands in the address stays', () => {
  assert.equal(paramsOf({ filter: 'is:away', sort: USUAL_SORT }, new URLSearchParams('x=1&filter=old')).toString(), 'x=1&filter=is%3Aaway');
});

test('an address that sorts by no column sorts as usual', () => {
  assert.deepEqual(lookFrom(new URLSearchParams('sort=-constructor')).sort, USUAL_SORT);
});

test('the head of a column sorts up, then down', () => {
  const up = sortBy(USUAL_SORT, 'owner');
  assert.deepEqual(
    [up, sortBy(up, 'owner')],
    [
      { by: 'owner', descending: false },
      { by: 'owner', descending: true },
    ],
  );
});
