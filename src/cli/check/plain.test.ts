import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { few, foreign, ownWords } from './plain.ts';

test('S5: of a hostile name nothing is left that a shell, a page, or a plugin line reads', () => {
  assert.equal(foreign('nas|present=0 $(reboot) `id` "x" <b>\n2nd'), 'nas?present?0 ??reboot? ?id? ?x? ?b??2nd');
  assert.equal(foreign("a'b;c&d\u202ee\0f\u001b[31m"), 'a?b?c?d?e?f??31m');
  assert.equal(foreign('Küche 2 / TV, Büro'), 'Küche 2 / TV, Büro');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      assert.doesNotMatch(foreign(text), /[\p{C}\p{Zl}\p{Zp}|`$"'<>;&()#\\]/u);
      assert.ok(foreign(text).length <= 60);
    }),
  );
});

test('our own words keep their quotes, on one line', () => {
  assert.equal(ownWords('reading "a|b":\r\n  it is wrong\u001b'), "reading 'a/b':, it is wrong\\u{1b}");
});

test('of many names a few are told, and how many are not', () => {
  assert.equal(few(['a', 'b']), 'a, b');
  assert.equal(few(['a', 'b', 'c'], 2), 'a, b and 1 more');
});
