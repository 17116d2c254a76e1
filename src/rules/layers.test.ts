import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allInLayers, inLayers, type Layers, ListSheet, noLayers, Sheet } from './layers.ts';

const deeds = fc.array(
  fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.option(fc.integer({ min: 1, max: 9 }))), { maxLength: 120 }),
  { maxLength: 8 },
);

test('a map in layers holds what a plain map would, and every version stays as it was', () => {
  fc.assert(
    fc.property(deeds, (steps) => {
      const plain = new Map<number, number>();
      let layers: Layers<number, number> = noLayers();
      const versions: [Layers<number, number>, Map<number, number>][] = [];
      for (const step of steps) {
        const sheet = new Sheet(layers);
        for (const [key, value] of step) {
          if (value === null) sheet.drop(key);
          else sheet.set(key, value);
          if (value === null) plain.delete(key);
          else plain.set(key, value);
          assert.equal(sheet.get(key), plain.get(key));
        }
        layers = sheet.done();
        versions.push([layers, new Map(plain)]);
      }
      for (const [version, known] of versions) {
        for (let key = 0; key <= 300; key++) assert.equal(inLayers(version, key), known.get(key));
        assert.deepEqual([...allInLayers(version)].sort(), [...known.values()].sort());
      }
    }),
    { numRuns: 60 },
  );
});

test('what is not to be kept is left out when there is an occasion', () => {
  const sheet = new Sheet<number, number>(noLayers());
  for (let key = 0; key < 1000; key++) sheet.set(key, key + 1);
  assert.equal([...allInLayers(sheet.done((value) => value > 900))].length, 100);
});

test('lists keep their order, hold each entry once, and are of their version only', () => {
  const first = new ListSheet<string>(noLayers());
  for (const entry of [5, 1, 3, 3, 5]) first.add('a', entry);
  const one = first.done();
  const second = new ListSheet(one);
  second.remove('a', 3);
  second.append('a', 5);
  second.keep('a', (entry) => entry > 1);
  assert.deepEqual(
    [inLayers(one, 'a'), inLayers(second.done(), 'a')],
    [
      [1, 3, 5],
      [5, 5],
    ],
  );
  const third = new ListSheet(one);
  for (const entry of [1, 3, 5, 7]) third.remove('a', entry);
  assert.deepEqual([third.get('a'), inLayers(third.done(), 'a')], [[], undefined]);
});
