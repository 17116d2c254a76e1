import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeStateFolder } from './state-folder.ts';

const top = mkdtempSync(join(tmpdir(), 'rollcall-state-'));
after(() => rmSync(top, { recursive: true, force: true }));

test('a state folder is made with those above it, for its owner alone', () => {
  const path = join(top, 'a/b');
  makeStateFolder(path);
  makeStateFolder(path);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  symlinkSync(path, join(top, 'link'));
  makeStateFolder(join(top, 'link'));
});

test('a file in its place is named, and so is a link to nothing', () => {
  writeFileSync(join(top, 'file'), '');
  assert.throws(() => makeStateFolder(join(top, 'file')), { code: 'bad-input', message: /file: it is no folder$/ });
  symlinkSync(join(top, 'nothing'), join(top, 'dangling'));
  assert.throws(() => makeStateFolder(join(top, 'dangling')), { code: 'EEXIST' });
});

test('S28: a folder in which everybody may write is refused, sticky or not', () => {
  const path = join(top, 'open');
  mkdirSync(path);
  for (const mode of [0o777, 0o1777]) {
    chmodSync(path, mode);
    assert.throws(() => makeStateFolder(path), { code: 'refused', message: /everybody may write in it/ });
  }
});

test('where no folder can be made it fails at once instead of trying for ever', () => {
  assert.throws(() => makeStateFolder('/proc/rollcall'), { code: 'ENOENT' });
});
