import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptLines } from './script-lines.ts';

const drawn = (before: string, after: string): string[] => scriptLines(before, after).map(({ mark, text }) => `${mark} ${text}`);

test('only lines that differ are told, those of before first', () => {
  assert.deepEqual(drawn('a\nb\nc', 'a\nx\nc'), ['- b', '+ x']);
  assert.deepEqual(drawn('a\nb', 'a\nb'), []);
});

test('a script that printed on one side only is told whole', () => {
  assert.deepEqual(drawn('', '\nSubject: CN=a\n\n\tissuer: b\n'), ['+ Subject: CN=a', '+ ', '+     issuer: b']);
  assert.deepEqual(drawn('a', ''), ['- a']);
  assert.deepEqual(drawn('', ''), []);
});

test('of many lines the first are told and the rest is counted', () => {
  const many = Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n');
  const told = drawn('', many);
  assert.equal(told.length, 12);
  assert.deepEqual(told.slice(-2), ['+ line 10', '  ... and 89 more lines']);
  assert.equal(drawn('', Array.from({ length: 12 }, (_, i) => i).join('\n')).at(-1), '+ 11');
});
