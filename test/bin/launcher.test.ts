import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../bin/rollcall', import.meta.url));
const top = mkdtempSync(join(tmpdir(), 'rollcall launcher '));
const root = join(top, 'checkout');
after(() => rmSync(top, { recursive: true, force: true }));

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const folder of ['bin', 'src', 'node_modules/.bin']) mkdirSync(join(root, folder), { recursive: true });
  copyFileSync(LAUNCHER, join(root, 'bin/rollcall'));
  writeFileSync(join(root, 'src/main.ts'), 'console.log(JSON.stringify(process.argv.slice(2)) satisfies string); process.exitCode = 7;');
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
});

function launch(path: string, args: readonly string[] = [], options: { cwd?: string; PATH?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(path, args, {
    cwd: options.cwd ?? '/',
    env: { PATH: options.PATH ?? '/usr/bin:/bin' },
    encoding: 'utf8',
  });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

/** A folder to be put into PATH, with a program called node that does this. */
function fakeNode(script: string): string {
  const folder = mkdtempSync(join(top, 'node-'));
  writeFileSync(join(folder, 'node'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'node'), 0o755);
  return `${folder}:/usr/bin:/bin`;
}

test('it passes arguments and the exit code, spaces and quotes included', () => {
  assert.deepEqual(launch(join(root, 'bin/rollcall'), ['scan', 'a b', '"*"', '']), {
    status: 7,
    stdout: '["scan","a b","\\"*\\"",""]',
    stderr: '',
  });
});

test('it is found from any directory, through links to links, relative and absolute', () => {
  symlinkSync(join(root, 'bin/rollcall'), join(top, 'first'));
  symlinkSync('first', join(top, 'second'));
  assert.equal(launch(join(top, 'second')).status, 7);
  assert.equal(launch('./second', [], { cwd: top }).status, 7);
  assert.equal(launch('./rollcall', [], { cwd: join(root, 'bin') }).status, 7);
  assert.equal(launch('second', [], { PATH: `${top}:/usr/bin:/bin` }).status, 7);
});

test('it is found by a bare name in the folder at hand, through a relative link', () => {
  symlinkSync('checkout/bin/rollcall', join(top, 'bare'));
  assert.equal(launch('sh', ['bare'], { cwd: top }).status, 7);
});

test('a link named ndiff is ndiff, called as the user called it; nothing else is', () => {
  symlinkSync('checkout/bin/rollcall', join(top, 'ndiff'));
  writeFileSync(join(root, 'src/main.ts'), 'console.log(process.argv[2], process.env.ROLLCALL_CALLED_AS)');
  assert.equal(launch(join(top, 'ndiff'), ['a']).stdout, `ndiff ${join(top, 'ndiff')}`);
  assert.equal(launch('sh', ['ndiff'], { cwd: top }).stdout, 'ndiff ndiff');
  const env = `ROLLCALL_CALLED_AS=another '${join(root, 'bin/rollcall')}' ndiff`;
  assert.equal(launch('sh', ['-c', env]).stdout, 'ndiff undefined', 'what the environment says is no name of ours');
});

test('packages further up are found too', () => {
  const inner = join(top, 'outer/node_modules/rollcall');
  mkdirSync(join(inner, 'bin'), { recursive: true });
  mkdirSync(join(top, 'outer/node_modules/.bin'));
  copyFileSync(LAUNCHER, join(inner, 'bin/rollcall'));
  const node = join(top, 'outer/node_modules/.bin/node');
  writeFileSync(node, '#!/bin/sh\n[ "$1" = -e ] && exit 0; exit 9\n', { mode: 0o755 });
  assert.equal(launch(join(inner, 'bin/rollcall')).status, 9);
  writeFileSync(node, '#!/bin/sh\n[ "$1" = --version ] && echo v18.0.0; exit 1\n');
  const { status, stderr } = launch(join(inner, 'bin/rollcall'));
  assert.equal(status, 2, 'a Node of another project may be too old');
  assert.match(stderr, /is v18\.0\.0, but 26\.10 or newer is needed/);
});

test('without packages it says what to run, and ends with 2', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });
  const { status, stderr } = launch(join(root, 'bin/rollcall'));
  assert.equal(status, 2);
  assert.match(stderr, /packages are not installed; run this once: .*npm start/);
});

test('without a pinned Node, the one in PATH is used when it is new enough', () => {
  rmSync(join(root, 'node_modules/.bin/node'));
  assert.equal(launch(join(root, 'bin/rollcall'), [], { PATH: fakeNode(`exec '${process.execPath}' "$@"`) }).status, 7);
});

test('without a pinned Node, an old one in PATH is refused by its version, with 2', () => {
  rmSync(join(root, 'node_modules/.bin/node'));
  const { status, stderr } = launch(join(root, 'bin/rollcall'), [], { PATH: fakeNode('[ "$1" = --version ] && echo v20.1.0; exit 1') });
  assert.equal(status, 2);
  assert.match(stderr, /is v20\.1\.0, but 26\.10 or newer is needed/);
});
