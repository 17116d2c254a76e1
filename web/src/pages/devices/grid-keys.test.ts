import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rowFrom } from './grid-keys.ts';

const at = (index: number) => ({ index, count: 100, page: 10 });

test('arrows, pages and ends lead where they say', () => {
  const led = (['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'] as const).map((key) => rowFrom(key, at(50)));
  assert.deepEqual(led, [51, 49, 60, 40, 0, 99]);
});

test('the first arrow leads to the first row', () => assert.equal(rowFrom('ArrowDown', at(-1)), 0));

test('other keys lead nowhere', () => assert.equal(rowFrom('a', at(3)), null));

test('no key leads out of the list', () => {
  const key = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End');
  fc.assert(
    fc.property(key, fc.integer({ min: -1, max: 200 }), fc.integer({ min: 0, max: 50 }), fc.nat(60), (...[one, index, count, page]) => {
      const to = rowFrom(one, { index, count, page });
      assert.ok(count === 0 ? to === null : to !== null && to >= 0 && to < count);
    }),
  );
});
