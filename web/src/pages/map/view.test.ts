import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundsOf, zoomed } from './view.ts';

const places = new Map([
  ['a', { x: -100, y: 0 }],
  ['b', { x: 100, y: 50 }],
]);

test('the whole sheet holds all places, with room for their names', () => {
  assert.deepEqual(boundsOf(places), { x: -160, y: -60, width: 320, height: 170 });
  assert.equal(zoomed(boundsOf(places), 1), '-160.0 -60.0 320.0 170.0');
  assert.equal(zoomed(boundsOf(new Map()), 1), '-60.0 -60.0 120.0 120.0');
});

test('closer looks around what is chosen, and never off the sheet', () => {
  const bounds = boundsOf(places);
  assert.equal(zoomed(bounds, 2, { x: 0, y: 0 }), '-80.0 -42.5 160.0 85.0');
  const any = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.double({ min: 1, max: 6, noNaN: true }), any, any, (zoom, x, y) => {
      const [left = 0, top = 0, width = 0, height = 0] = zoomed(bounds, zoom, { x, y }).split(' ').map(Number);
      assert.ok(left >= bounds.x - 0.2 && top >= bounds.y - 0.2);
      assert.ok(left + width <= bounds.x + bounds.width + 0.2 && top + height <= bounds.y + bounds.height + 0.2);
    }),
  );
});
