import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NAME } from './name-characters.ts';

describe('a name', () => {
  it('is what XML 1.0 said it is until its fourth edition', () => {
    for (const name of ['a', ':', '_', 'a:b-c.1', 'é', 'a\u00b7', 'a\u0301', '\u4e00', '\ud7a3x', 'a\u0661', 'a\u3005', '__proto__'])
      assert.match(name, NAME, JSON.stringify(name));
    for (const text of ['', '1', '-a', '.a', '\u00b7', '\u0301', '\u0661', 'a b', 'a\u00d7', 'a\u037e', '\u2000', 'a\ufffe', 'a\n'])
      assert.doesNotMatch(text, NAME, JSON.stringify(text));
  });

  it('holds nothing that only the fifth edition allows', () => {
    for (const text of ['\u200c', 'a\ufeff', '\u{10000}', 'a\u{effff}', '\u0132', 'a\uf900'])
      assert.doesNotMatch(text, NAME, JSON.stringify(text));
  });
});
