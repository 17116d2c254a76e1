import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from './fake-world.ts';

const program = fileURLToPath(new URL('./fixtures/many-devices.ts', import.meta.url));
const rollcall = `'${process.execPath}' '${program}'`;

function bash(script: string): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: process.env['PATH'], COUNT: '5000', ROLLCALL_DATA: emptyFolder() };
  return spawnSync('bash', ['-c', script], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    timeout: 20_000,
  });
}

test('a reader that has seen enough ends the program quietly', () => {
  const { stdout, stderr } = bash(`${rollcall} devices --quiet | head -n 1; echo "codes \${PIPESTATUS[*]}"`);
  assert.equal(stderr, '');
  assert.match(stdout, /^ID {4}NAME .*\ncodes 0 0\n$/);
});

test('all of a long output gets through a pipe before the process ends', () => {
  const { status, stdout } = bash(`${rollcall} devices --json | cat`);
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).length, 5000);
});

test('the exit code of a failure reaches the shell', () => {
  assert.equal(bash(`${rollcall} devcies`).status, 2);
});

test('R22: a result that cannot be written is told without a stack, and ends with 2', () => {
  for (const command of ['devices --quiet', 'devices --json', '--help']) {
    const { status, stderr } = bash(`${rollcall} ${command} > /dev/full`);
    assert.match(stderr, /^rollcall: writing the result: ENOSPC.*\n {2}remedy: .*\n$/, command);
    assert.equal(status, 2, command);
  }
  assert.equal(bash(`${rollcall} devcies 2> /dev/full`).status, 2);
});
