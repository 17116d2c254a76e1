import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressOf, askedOf, endingOf, WAYS } from './asked.ts';

test('what is asked for comes back from its address', () => {
  const asked = fc.record({ by: fc.constantFrom(...WAYS), filter: fc.string().map((text) => text.trim()) }, { noNullPrototype: true });
  fc.assert(fc.property(asked, (one) => assert.deepEqual(askedOf(new URLSearchParams(addressOf(one))), one)));
  assert.equal(askedOf(new URLSearchParams('by=constructor')).by, 'port');
});

test('a certificate is over, ends soon, later, or does not say', () => {
  for (const [days, ending] of [
    [-1, 'over'],
    [0, 'soon'],
    [30, 'soon'],
    [31, 'later'],
    [null, 'unknown'],
  ] as const)
    assert.equal(endingOf(days), ending, String(days));
});
