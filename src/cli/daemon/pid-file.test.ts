import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { birthOf, claimPidFile, livingPid } from './pid-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-pid-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const fresh = (content?: string): string => {
  const file = join(folder, String(files++));
  if (content !== undefined) writeFileSync(file, content);
  return file;
};

test('a process that wrote the file is proven by its birth, until it takes the note away', async () => {
  const file = fresh();
  const release = await claimPidFile(file);
  assert.equal(readFileSync(file, 'utf8').split('\n')[0], String(process.pid));
  assert.equal(await livingPid(file), process.pid);
  release();
  assert.ok(!existsSync(file));
});

test('R30: the note of a living process is not overwritten by a second one, nor taken away', async () => {
  const parent = `${process.ppid}\n${await birthOf(process.ppid)}\n`;
  const file = fresh(parent);
  const release = await claimPidFile(file);
  release();
  assert.equal(readFileSync(file, 'utf8'), parent);
});

test('a note of a dead process is replaced', async () => {
  const file = fresh(`${process.pid}\nold-boot/1\n`);
  const release = await claimPidFile(file);
  assert.equal(await livingPid(file), process.pid);
  release();
});

test('a file that is no note names nobody', async () => {
  for (const content of ['', '\n', 'x\ny\n', '-1\nz\n', '0\nz\n', '1\n', `${process.pid}`, '99999999999\nz\n'])
    assert.equal(await livingPid(fresh(content)), undefined, content);
  assert.equal(await livingPid(join(folder, 'missing')), undefined);
});
