import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSeekable } from './seekable.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-seekable-'));
after(() => rmSync(folder, { recursive: true }));

const textAt = (path: string, position: number, length: number): string => {
  const file = openSeekable(path);
  const buffer = Buffer.alloc(length);
  const read = file.read(buffer, position);
  file.close();
  return buffer.toString('latin1', 0, read);
};

test('a file is read at any place, and not beyond its end', () => {
  const path = join(folder, 'plain');
  writeFileSync(path, '0123456789');
  assert.equal(textAt(path, 3, 4), '3456');
  assert.equal(textAt(path, 8, 4), '89');
  const file = openSeekable(path);
  assert.deepEqual([file.size, file.spooled], [10, false]);
  file.close();
});

test('what can be read only once is copied first, and leaves nothing in the temp folder', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const temp = join(folder, 'temp');
  execFileSync('mkdir', [temp]);
  const module = fileURLToPath(new URL('./seekable.ts', import.meta.url));
  const program = `const { openSeekable } = await import(${JSON.stringify(module)});
    const file = openSeekable(${JSON.stringify(pipe)}); const all = Buffer.alloc(file.size);
    file.read(all, 0); console.log(file.spooled, file.size, all.subarray(-5).toString());`;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, TMPDIR: temp } });
  const writer = spawn('sh', ['-c', 'head -c 3000000 /dev/zero > "$0"; :', pipe]);
  const said: string[] = [];
  reader.stdout.on('data', (piece) => said.push(String(piece)));
  await new Promise((resolve) => reader.on('close', resolve));
  writer.kill();
  assert.equal(said.join(''), `true 3000000 ${'\0'.repeat(5)}\n`);
  assert.deepEqual(readdirSync(temp), []);
});

test('an open pipe or socket is taken by its number, also one that does not wait', async () => {
  const module = fileURLToPath(new URL('./seekable.ts', import.meta.url));
  const program = `const { openSeekable } = await import(${JSON.stringify(module)}); console.log(openSeekable(0).size);`;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  reader.stdout.on('data', (piece) => said.push(String(piece)));
  reader.stdin.write('x'.repeat(100_000));
  setImmediate(() => reader.stdin.end('y'));
  await new Promise((resolve) => reader.on('close', resolve));
  assert.equal(said.join(''), '100001\n');
});

test('a folder and a missing file are refused with the code of the system', () => {
  assert.throws(() => openSeekable(folder), { code: 'EISDIR' });
  assert.throws(() => openSeekable(join(folder, 'nothing')), { code: 'ENOENT' });
});
