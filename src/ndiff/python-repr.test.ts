import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonRepr } from './python-repr.ts';

test('a text stands in single quotes, unless it has these and no double ones', () => {
  assert.equal(pythonRepr('a.xml'), "'a.xml'");
  assert.equal(pythonRepr("it's"), `"it's"`);
  assert.equal(pythonRepr('say "x"'), `'say "x"'`);
  assert.equal(pythonRepr(`both ' and "`), `'both \\' and "'`);
});

test('what cannot be seen is escaped, what can be is not', () => {
  assert.equal(pythonRepr('a\\b\tc\nd\re'), "'a\\\\b\\tc\\nd\\re'");
  assert.equal(pythonRepr('\x00\x1b\x7f\x80\xa0\xad'), "'\\x00\\x1b\\x7f\\x80\\xa0\\xad'");
  assert.equal(pythonRepr('\u200b\u2028\u3000\ufeff\ue000\u0378'), "'\\u200b\\u2028\\u3000\\ufeff\\ue000\\u0378'");
  assert.equal(pythonRepr('\u{e0001}'), "'\\U000e0001'");
  assert.equal(pythonRepr('é\u{1f600} ß'), "'é\u{1f600} ß'");
});

test('a byte that was no text is shown as the half pair it was read as', () => {
  assert.equal(pythonRepr('n\udcff'), "'n\\udcff'");
});
