import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scanXml, testFolder } from '../make/nmap-file.ts';
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

test('a comparison whose reader has seen enough still says that there are differences', (t) => {
  const file = testFolder(t);
  const hosts = Array.from({ length: 4000 }, (_, i) => ({ address: `10.0.${i >> 8}.${i & 255}` }));
  const scan = { args: 'nmap 10.0.0.0/20', total: 4096 };
  const many = file('many.xml', scanXml({ ...scan, hosts }));
  const few = file('few.xml', scanXml({ ...scan, hosts: hosts.slice(0, 1) }));
  for (const format of ['text', 'json', 'markdown'])
    assert.equal(
      bash(`${rollcall} diff ${many} ${few} --format ${format} | head -n 1 >&2; echo "\${PIPESTATUS[*]}"`).stdout,
      '1 0\n',
      format,
    );
});
