import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrangementFrom, COLUMNS, isColumn, moved, shownFrom, USUAL, widthOf, withColumn, withWidth } from './columns.ts';

test('what a browser kept is read back as it was', () => {
  const chosen = withWidth(withColumn(withColumn(USUAL, 'tags', true), 'vendor', false), 'owner', 333);
  assert.deepEqual(arrangementFrom(JSON.stringify(chosen)), chosen);
});

test('whatever a browser kept, the columns are known ones, the name is first, and widths are bounded', () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        shown: fc.array(fc.oneof(fc.constantFrom(...COLUMNS.map(({ id }) => id)), fc.string())),
        widths: fc.dictionary(fc.constantFrom('name', 'owner', 'x', '__proto__'), fc.oneof(fc.double(), fc.string())),
      })
      .map((kept) => JSON.stringify(kept)),
  );
  fc.assert(
    fc.property(fc.option(anyText), (text) => {
      const read = arrangementFrom(text);
      assert.equal(read.shown[0], 'name');
      assert.ok(read.shown.every(isColumn));
      assert.equal(new Set(read.shown).size, read.shown.length);
      for (const id of read.shown) assert.ok(widthOf(read, id) >= 60 && widthOf(read, id) <= 800);
    }),
  );
});

test('a column moves one place, never before the name nor past the end', () => {
  const three = { shown: shownFrom(['owner', 'type']), widths: {} };
  assert.deepEqual(moved(three, 'type', -1).shown, ['name', 'type', 'owner']);
  assert.deepEqual(moved(three, 'owner', -1).shown, ['name', 'owner', 'type']);
  assert.deepEqual(moved(three, 'type', 1).shown, ['name', 'owner', 'type']);
  assert.deepEqual(moved(three, 'name', 1).shown, ['name', 'owner', 'type']);
  assert.deepEqual(moved(three, 'vendor', 1).shown, ['name', 'owner', 'type']);
});

test('the name can not be taken out', () => assert.deepEqual(withColumn(USUAL, 'name', false).shown, USUAL.shown));

test('columns of a view that this page does not know are left out; without any, the usual ones are meant', () => {
  assert.deepEqual(shownFrom(['owner', 'colour', 'owner']), ['name', 'owner']);
  assert.deepEqual(shownFrom([]), USUAL.shown);
});
