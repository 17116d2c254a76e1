import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareText, countCharacters, sortable } from './code-points.ts';

/** Texts full of what stands on both sides of the surrogates. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '\ud7ff', '\ue000', '\uffee', '\u{10000}', '\u{1f600}', '\u{10ffff}'),
  maxLength: 6,
});

function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (const [i, sign] of left.entries()) {
    const difference = (sign.codePointAt(0) as number) - (right[i]?.codePointAt(0) ?? -1);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(left.length - right.length);
}

test('texts are ordered by character, not by the units of JavaScript', () => {
  assert.equal(compareText('\uffee', '\u{1f600}'), -1);
  assert.equal(compareText('a\u{1f600}', 'a\uffee'), 1);
  assert.equal(compareText('a', 'a'), 0);
  assert.equal(compareText('a', 'aa'), -1);
  assert.equal(compareText('Z', 'a'), -1);
  fc.assert(fc.property(text, text, (a, b) => assert.equal(compareText(a, b), byCodePoint(a, b))));
});

test('a sortable text is ordered by JavaScript as its characters are', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [left, right] = [sortable(a), sortable(b)];
      assert.equal(left < right ? -1 : Number(left > right), byCodePoint(a, b));
    }),
  );
  assert.equal(sortable('10.0.0.1 é'), '10.0.0.1 é');
});

test('characters are counted as Python counts them', () => {
  assert.equal(countCharacters('aé\u{1f600}\uffee'), 4);
  fc.assert(fc.property(text, (any) => assert.equal(countCharacters(any), Array.from(any).length)));
});
