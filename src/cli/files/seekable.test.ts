import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
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

test('what can be read only once is read at any place too, and leaves nothing in the temp folder', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const temp = join(folder, 'temp');
  execFileSync('mkdir', [temp]);
  const module = fileURLToPath(new URL('./seekable.ts', import.meta.url));
  const program = `const { openSeekable } = await import(${JSON.stringify(module)});
    const file = openSeekable(${JSON.stringify(pipe)}); const all = Buffer.alloc(4000000);
    const size = file.read(all, 0); console.log(file.spooled, size, file.read(all, 2999995), all.subarray(0, 5).toString());`;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, TMPDIR: temp } });
  const writer = spawn('sh', ['-c', 'head -c 3000000 /dev/zero > "$0"; :', pipe]);
  const said: string[] = [];
  reader.stdout.on('data', (piece) => said.push(String(piece)));
  await new Promise((resolve) => reader.on('close', resolve));
  writer.kill();
  assert.equal(said.join(''), `true 3000000 5 ${'\0'.repeat(5)}\n`);
  assert.deepEqual(readdirSync(temp), []);
});

test('an open pipe or socket is taken by its number, also one that does not wait', async () => {
  const module = fileURLToPath(new URL('./seekable.ts', import.meta.url));
  const program = `const { openSeekable } = await import(${JSON.stringify(module)}); console.log(openSeekable(0).read(Buffer.alloc(200000), 0));`;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  reader.stdout.on('data', (piece) => said.push(String(piece)));
  reader.stdin.write('x'.repeat(100_000));
  setImmediate(() => reader.stdin.end('y'));
  await new Promise((resolve) => reader.on('close', resolve));
  assert.equal(said.join(''), '100001\n');
});

test('what never ends is copied no further than it is read', () => {
  const file = openSeekable('/dev/zero');
  assert.deepEqual([file.spooled, file.read(Buffer.alloc(100), 50), file.read(Buffer.alloc(10), 3_000_000)], [true, 100, 10]);
  file.close();
});

test('where there is no place for a copy, that is said and not that the file is missing', () => {
  const module = fileURLToPath(new URL('./seekable.ts', import.meta.url));
  const program = `const { openSeekable } = await import(${JSON.stringify(module)}); openSeekable('/dev/zero').read(Buffer.alloc(9), 0)`;
  const env = { ...process.env, TMPDIR: join(folder, 'nowhere') };
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { env, encoding: 'utf8' });
  assert.match(stderr, /NoCopy: copying to \S+nowhere what can be read only once: ENOENT/);
});

test('a folder and a missing file are refused with the code of the system', () => {
  assert.throws(() => openSeekable(folder), { code: 'EISDIR' });
  assert.throws(() => openSeekable(join(folder, 'nothing')), { code: 'ENOENT' });
});
