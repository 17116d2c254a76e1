import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitLines, trimRight } from './python-text.ts';

test('a text ends its lines where Python ends them', () => {
  for (const end of ['\n', '\r', '\r\n', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029']) {
    assert.deepEqual(splitLines(`a${end}b`), ['a', 'b'], JSON.stringify(end));
  }
  for (const none of ['\t', '\x1f', '\xa0', '\u200b', '\u3000', '\ufeff']) assert.deepEqual(splitLines(`a${none}b`), [`a${none}b`]);
});

test('a last line end begins no line, an empty line is one', () => {
  assert.deepEqual(splitLines(''), []);
  assert.deepEqual(splitLines('\n'), ['']);
  assert.deepEqual(splitLines('a\n'), ['a']);
  assert.deepEqual(splitLines('a\n\n'), ['a', '']);
  assert.deepEqual(splitLines('\na'), ['', 'a']);
  assert.deepEqual(splitLines('a\n\r\nb'), ['a', '', 'b']);
});

test('a line is trimmed of what Python calls white space', () => {
  for (const space of ['\t', '\n', '\x1c', '\x1f', ' ', '\x85', '\xa0', '\u1680', '\u2003', '\u2028', '\u202f', '\u205f', '\u3000']) {
    assert.equal(trimRight(` a${space}${space}`), ' a', JSON.stringify(space));
  }
  for (const kept of ['\ufeff', '\u200b', '\u180e', '\x1b']) assert.equal(trimRight(`a${kept}`), `a${kept}`);
  assert.equal(trimRight(' '), '');
});
