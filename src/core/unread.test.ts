import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { unreadWords } from './unread.ts';

test('why a file cannot be read is said in words, whatever the system calls it', () => {
  const said = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch (thrown) {
      return unreadWords(thrown);
    }
  };
  assert.equal(said('/nobody/has/this'), 'there is no such file');
  assert.equal(said('/dev/null/below'), 'there is no such file');
  assert.equal(said('/'), 'it is a folder');
  assert.equal(unreadWords(Object.assign(new Error(), { code: 'it is too large' })), 'it is too large');
  assert.equal(unreadWords(Object.assign(new Error(), { code: 'EXYZ' })), 'EXYZ');
});
