import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Fault } from '../../core/index.ts';
import { readFiles } from './read-files.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-files-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const refused = (message: RegExp) => (thrown: unknown) =>
  thrown instanceof Fault && message.test(thrown.message) && (thrown.remedy ?? '') !== '';

test('a folder is read in the order of its names, and only what ends with .base', async (t) => {
  const at = folder(t);
  writeFileSync(join(at, 'b.lan.base'), '22/tcp open ssh\n');
  writeFileSync(join(at, 'a.lan.base'), '');
  writeFileSync(join(at, 'README'), 'not a table');
  const { entries, files, tables } = await readFiles(at);
  assert.deepEqual(
    [entries, files, tables],
    [[{ device: 'a.lan' }, { device: 'b.lan' }, { device: 'b.lan', port: '22/tcp', service: 'ssh' }], 2, true],
  );
});

test('one file is read by its ending, with or without a byte order mark', async (t) => {
  const at = folder(t);
  writeFileSync(join(at, 'x.yaml'), '\ufeffapprovals:\n- device: a\n');
  writeFileSync(join(at, '10.0.0.1.base'), '\ufeff22/tcp open ssh\n');
  assert.deepEqual(await readFiles(join(at, 'x.yaml')), { entries: [{ device: 'a' }], files: 1, tables: false });
  assert.equal((await readFiles(join(at, '10.0.0.1.base'))).entries.length, 2);
});

test('S: a pipe that never ends, a link, a folder called so and a file without end are refused', async (t) => {
  const at = folder(t);
  execFileSync('mkfifo', [join(at, 'pipe.yaml')]);
  symlinkSync('/dev/zero', join(at, 'zero.yaml'));
  mkdirSync(join(at, 'hosts'));
  mkdirSync(join(at, 'hosts', '10.0.0.1.base'));
  writeFileSync(join(at, 'large.base'), Buffer.alloc(1024 * 1024 + 1, 0x20));
  writeFileSync(join(at, 'large.yaml'), Buffer.alloc(16 * 1024 * 1024 + 1, 0x20));
  await assert.rejects(readFiles(join(at, 'pipe.yaml')), refused(/pipe\.yaml: it is no plain file/));
  await assert.rejects(readFiles(join(at, 'zero.yaml')), refused(/zero\.yaml: it is a link/));
  await assert.rejects(readFiles('/dev/zero'), refused(/\/dev\/zero: it is no plain file/));
  await assert.rejects(readFiles(join(at, 'hosts')), refused(/10\.0\.0\.1\.base: it is no plain file/));
  await assert.rejects(readFiles(join(at, 'large.base')), refused(/large\.base: it is larger than 1 MB/));
  await assert.rejects(readFiles(join(at, 'large.yaml')), refused(/large\.yaml: it is larger than 16 MB/));
  await assert.rejects(readFiles(join(at, 'none')), refused(/none: there is no such file/));
});

test('S: what one host says wrongly lets nothing of the others in', async (t) => {
  const at = folder(t);
  for (const host of ['a.lan', 'b.lan', 'c.lan'])
    writeFileSync(join(at, `${host}.base`), host === 'b.lan' ? 'rm -rf /\n' : '22/tcp open ssh\n');
  await assert.rejects(readFiles(at), refused(/b\.lan\.base:1: "rm -rf \/" is no line of a table/));
});
