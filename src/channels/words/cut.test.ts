import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutLine, cutText, inCharacters, inJson, inUnits } from './cut.ts';

const many = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i + 1}`).join('\n');

test('what fits stays as it is', () => {
  assert.equal(cutText('a\nb', { most: 3 }), 'a\nb');
  assert.equal(cutLine('abc', { most: 3 }), 'abc');
});

test('what does not fit keeps its first lines, and says how many are missing', () => {
  assert.equal(cutText(many(100), { most: 60 }), 'line 1\nline 2\nline 3\nline 4\nline 5\n(cut here: 95 more lines)');
  assert.equal(cutText('first line\nx'.padEnd(80, 'x'), { most: 40 }), 'first line\n(cut here: 1 more line)');
  assert.equal(cutText(`a\n\n\n${'b'.repeat(99)}`, { most: 30 }), 'a\n\n\n(cut here: 1 more line)');
});

test('a first line that alone is too long is cut itself, and the lines behind it are counted', () => {
  assert.equal(cutText('x'.repeat(99), { most: 10 }), 'xxxxxxx...');
  assert.equal(cutText(`${'x'.repeat(99)}\nb\nc`, { most: 40 }), `${'x'.repeat(12)}...\n(cut here: 2 more lines)`);
});

test('a long line behind short ones is cut, and not left out whole', () => {
  assert.equal(cutText(`nas left\n${'x'.repeat(999)}\nb`, { most: 100 }), `nas left\n${'x'.repeat(64)}...\n(cut here: 1 more line)`);
});

test('escapes count: what is measured is what goes out, and none is cut in two', () => {
  const as = (line: string): string => line.replaceAll('*', '\\*');
  assert.equal(cutLine('*'.repeat(9), { most: 8, as }), '\\*\\*...');
  assert.equal(inJson('"\n'), 4);
});

const text = fc.string({ unit: 'binary', maxLength: 400 }).map((one) => one.toWellFormed());

test('whatever is cut fits, is well formed, and loses nothing silently', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 40, max: 200 }), fc.constantFrom(inUnits, inCharacters, inJson), (whole, most, measure) => {
      const cut = cutText(whole, { most, measure });
      assert.ok(measure(cut) <= most, `${measure(cut)} > ${most}`);
      assert.ok(cut.isWellFormed());
      if (cut !== whole) assert.match(cut, /\(cut here: \d+ more lines?\)$|\.\.\.$/);
    }),
  );
});
