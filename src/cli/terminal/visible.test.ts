import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { shortened, visible, visibleJson, widthOf } from './visible.ts';

test('S6: characters that steer, turn round or hide are shown by their number', () => {
  const shown: Record<string, string> = {
    '\u001b[31m': '\\u{1b}[31m',
    'a\nb\tc\r': 'a\\u{a}b\\u{9}c\\u{d}',
    '\u009b': '\\u{9b}',
    '\u202egnp': '\\u{202e}gnp',
    'a\u200bb\u2060\ufeff': 'a\\u{200b}b\\u{2060}\\u{feff}',
    '\u2028': '\\u{2028}',
    '\u{e0041}': '\\u{e0041}',
    '\ud800': '\\u{d800}',
    '\u3164': '\\u{3164}',
  };
  for (const [text, expected] of Object.entries(shown)) assert.equal(visible(text), expected);
});

test('names as people write them stay as they are', () => {
  for (const name of ["Ada's MacBook", 'Küche', 'プリンター', 'принтер', 'نقطة', '😀', 'e\u0301', '\\u{1b}'])
    assert.equal(visible(name), name);
});

test('S5: whatever comes, nothing that a terminal obeys gets through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(visible(text), /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069]/);
    }),
  );
});

test('escaped JSON is plain and parses back to the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
      const json = visibleJson(JSON.stringify(value, null, 2));
      assert.doesNotMatch(json, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069]/);
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('width counts columns: two for wide characters, none for marks', () => {
  for (const [text, width] of Object.entries({ '': 0, abc: 3, Küche: 5, プリンター: 10, 'e\u0301': 1, '😀': 2, 한글: 4 }))
    assert.equal(widthOf(text), width, text);
});

test('text is cut to columns, not to characters, and only where it has too many', () => {
  assert.equal(shortened('abcd', 4), 'abcd');
  assert.equal(shortened('abcde', 4), 'abc…');
  assert.equal(shortened('プリンタ', 4), 'プ…');
  assert.equal(shortened('\u202e'.repeat(9), 12), '\\u{202e}\\u{…');
});
