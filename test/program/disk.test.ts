import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type SmallDisk, smallDisk } from '../make/small-disk.ts';
import { needs } from '../needs.ts';
import { ended, newProgram, type Program, ROLLCALL, until } from './program.ts';
import { type Recorder, recorder } from './recorder.ts';

/** Every scan is written down, since each finds another port open. */
const LIVELY = '[self]\nwatch = false\n[[target]]\ntarget = "127.0.0.1"\nplan = "sweep"\nevery = "10s"\n';

describe('R22: the disk is full', needs('root', 'nmap'), () => {
  let disk: SmallDisk;
  let program: Program;
  let data: string;
  before(async () => {
    disk = smallDisk();
    data = join(disk.folder, 'state');
    program = await newProgram({ config: LIVELY });
  });
  after(async () => {
    await program?.end();
    disk?.remove();
  });
  const json = (...args: string[]): Promise<any> => program.json(...args, '--data', data);
  const troubles = async (): Promise<string[]> => (await json('status')).status.troubles;

  test('scans pause and the status says why; everything known can still be read; it goes on when there is room', async () => {
    const daemon = spawn(ROLLCALL, ['run', '--data', data, '--config', program.config]);
    const end = ended(daemon);
    await until('the first scan', async () => (await program.run('scans', '--json', '--data', data)).stdout.includes('complete'));
    const devices = (await json('devices')).length;

    disk.fill();
    await until('the trouble', async () => (await troubles()).some((text) => /disk is full/.test(text)));
    assert.equal((await json('devices')).length, devices);
    assert.equal((await json('changes')).length, 1);
    const token = (await program.run('token', '--data', data)).stdout.trim();
    const roll = await fetch(`http://127.0.0.1:${program.port}/`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(roll.status, 200);
    for (const command of ['scan 127.0.0.1 --plan sweep', 'watch 127.0.0.2', `backup ${join(disk.folder, 'copy')}`]) {
      const { code, stderr } = await program.run(...command.split(' '), '--data', data);
      assert.equal(code, 2, command);
      assert.match(stderr, /the disk is full.*\n {2}remedy: free some space/, command);
    }
    const scans = (await json('scans')).length;

    disk.free();
    await until('the trouble to be over', async () => (await troubles()).length === 0);
    assert.ok((await json('scans')).length > scans);
    disk.fill();
    daemon.kill('SIGTERM');
    const { code } = await end;
    assert.equal(code, 0);
    disk.free();
    assert.equal((await json('devices')).length, devices);
  });

  test('a start that finds no room says so, also when not even its log can', async () => {
    disk.fill();
    const fresh = join(disk.folder, 'fresh');
    for (const folder of [data, fresh]) {
      const run = await program.run('run', '--data', folder);
      assert.equal(run.code, 2);
      assert.match(run.stderr, /full|no space/i);
      const start = await program.run('start', '--data', folder);
      assert.equal(start.code, 2);
      assert.match(start.stderr, /remedy: (it could not write to its log; .*run|make room|free some space|mend)/);
    }
    disk.free();
  });

  test('a read-only disk is named by every command that must write, and the store stays as it is', async () => {
    await json('devices');
    disk.readOnly(true);
    for (const command of ['run', 'start', 'devices', 'scan 127.0.0.1']) {
      const { code, stderr } = await program.run(...command.split(' '), '--data', data);
      assert.equal(code, 2, command);
      assert.match(stderr, /read-only[^]*remedy: /, command);
      assert.doesNotMatch(stderr, /should not happen/);
    }
    disk.readOnly(false);
    assert.equal((await program.run('devices', '--data', data)).code, 0);
  });
});

describe('R49: nobody can hear', () => {
  let program: Program;
  let nmap: Recorder;
  before(async () => {
    nmap = recorder();
    program = await newProgram({ config: nmap.config });
    await program.json('devices');
  });
  after(async () => {
    await program.end();
    nmap.remove();
  });
  const places = (): string[] => ['--data', program.data, '--config', program.config];

  test('a log disk that is full, closed or gone does not stop the daemon', { timeout: 60_000 }, async () => {
    for (const silence of ['>/dev/full 2>&1', '>&- 2>&- <&-', '| head -c 1 >/dev/null']) {
      const shell = spawn('sh', ['-c', `"$@" ${silence}`, 'sh', ROLLCALL, 'run', ...places()], { stdio: 'ignore' });
      const end = ended(shell);
      await until('an answer', async () => (await program.run('status')).code === 0);
      assert.equal((await program.run('stop')).code, 0, silence);
      await end;
    }
  });

  test('a result that cannot be written is a failure that says so, without a stack', async () => {
    const full = openSync('/dev/full', 'w');
    for (const command of [['devices', '--json'], ['--help'], ['doctor']]) {
      const { code, stderr } = await ended(spawn(ROLLCALL, [...command, ...places()], { stdio: ['ignore', full, 'pipe'] }));
      assert.equal(code, 2, command.join(' '));
      assert.match(stderr, /writing the result: .*no space.*\n {2}remedy: /i);
      assert.doesNotMatch(stderr, /^ +at /m);
    }
    closeSync(full);
  });

  test('a reader that goes away early, and streams that are closed from the start, are no failure', async () => {
    for (const line of [
      '"$@" --help | head -1',
      '"$@" devices --json | true',
      '"$@" devices <&-',
      '"$@" devices >&-',
      '"$@" devices 2>&-',
    ]) {
      const script = `set -o pipefail; ${line}`;
      const { code, stderr } = await ended(spawn('bash', ['-c', script, 'sh', ROLLCALL, ...places()]));
      assert.equal(code, 0, `${line}: ${stderr}`);
      assert.doesNotMatch(stderr, /should not happen|EPIPE/);
    }
  });
});
