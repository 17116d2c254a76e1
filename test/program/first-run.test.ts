import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needs, toolPath } from '../needs.ts';
import { type Ended, ended, freePort, newProgram, type Program, ROLLCALL, until } from './program.ts';
import { ENDLESS, type Recorder, recorder } from './recorder.ts';

const CLONE = dirname(dirname(ROLLCALL));
const targetsOf = async (program: Program): Promise<string[]> =>
  (await program.json('targets')).map(({ target }: { target: { target: string } }) => target.target);

describe('a first run', needs('nmap'), () => {
  let program: Program;
  before(async () => {
    program = await newProgram();
  });
  after(async () => {
    await program.run('stop');
    await program.end();
  });

  test('start watches this machine, makes a token for its owner only, and devices lists open ports', async () => {
    const start = await program.run('start');
    assert.equal(start.code, 0, start.stderr);
    assert.match(start.stdout, /watching {2}127\.0\.0\.1\n/);
    assert.equal(statSync(join(program.data, 'token')).mode & 0o777, 0o600);
    await until('the first roll', async () => (await program.json('devices')).length > 0);
    const [device] = await program.json('devices');
    assert.ok(device.ports.some(({ port, state }: { port: number; state: string }) => port === program.port && state === 'open'));
  });

  test('what start prints can be typed as it stands, right after a clone', async () => {
    const { stdout } = await ended(spawn('bin/rollcall', ['start', '--data', program.data, '--config', program.config], { cwd: CLONE }));
    const line = (word: string): string => new RegExp(`^ {2}${word} +(.*)$`, 'm').exec(stdout)?.[1] ?? '';
    assert.match(line('stop'), /^bin\/rollcall stop --data /);
    const token = await ended(spawn('sh', ['-c', line('token')], { cwd: CLONE }));
    assert.match(token.stdout, /^[0-9a-f]{64}\n$/);
    const stop = await ended(spawn('sh', ['-c', line('stop')], { cwd: CLONE }));
    assert.match(stop.stdout, /^rollcall stopped/);
  });

  test('what was unwatched stays so over a restart', async () => {
    await program.run('start');
    assert.equal((await program.run('unwatch', '127.0.0.1')).code, 0);
    await program.run('stop');
    const again = await program.run('start');
    assert.match(again.stdout, /watching {2}nothing yet/);
    assert.deepEqual(await targetsOf(program), []);
  });
});

test('unwatched before the first scan has ended, and then killed: it stays so', async () => {
  const nmap = recorder(ENDLESS);
  const program = await newProgram({ config: nmap.config });
  const daemon = await program.daemon();
  await until('the first scan', () => nmap.calls().length > 0);
  await program.json('unwatch', '127.0.0.1');
  await daemon.stop('SIGKILL');
  await program.daemon();
  assert.deepEqual(await targetsOf(program), []);
  await program.end();
  nmap.remove();
});

test('whoever scanned by hand before the first start is watched all the same', needs('nmap'), async () => {
  const program = await newProgram();
  await program.json('scan', '127.0.0.1', '--plan', 'sweep');
  await program.daemon();
  assert.deepEqual(await targetsOf(program), ['127.0.0.1']);
  await program.end();
});

describe('R15, R16: however it is stopped', () => {
  let nmap: Recorder;
  let program: Program;
  before(async () => {
    nmap = recorder(ENDLESS);
    program = await newProgram({ config: nmap.config });
  });
  after(async () => {
    await program.end();
    nmap.remove();
  });
  const begun = (count: number): Promise<void> => until('nmap to run', () => nmap.calls().length >= count);

  test('SIGTERM or Ctrl-C in a scan: exit 0 at once, the scan is kept as cancelled, and the next start goes on', async () => {
    for (const [i, signal] of (['SIGTERM', 'SIGINT'] as const).entries()) {
      const daemon = await program.daemon();
      await begun(i + 1);
      const asked = performance.now();
      assert.equal((await daemon.stop(signal)).code, 0);
      assert.ok(performance.now() - asked < 10_000);
      const [scan] = await program.json('scans');
      assert.deepEqual([scan.id, scan.outcome, scan.cause.code], [i + 1, 'cancelled', 'stopped']);
    }
  });

  test('kill -9: socket and pid file that lie about are no hindrance, and the scan is kept as failed', async () => {
    const daemon = await program.daemon();
    await begun(3);
    await daemon.stop('SIGKILL');
    assert.equal((await program.run('status')).code, 1);
    assert.equal((await program.run('stop')).code, 0);
    const again = await program.daemon();
    await begun(4);
    const scans = await program.json('scans');
    assert.deepEqual([scans[0].outcome, scans[1].outcome, scans[1].cause.code], ['running', 'failed', 'daemon-died']);
    assert.equal((await again.stop()).code, 0);
  });

  test('Ctrl-C in a scan by hand: exit 130, cancelled, with and without a daemon; no nmap is left', async () => {
    const scanning = async (): Promise<Ended> => {
      const calls = nmap.calls().length;
      const child = spawn(ROLLCALL, ['--data', program.data, '--config', program.config, 'scan', '127.0.0.1', '--plan', 'sweep']);
      const end = ended(child);
      await begun(calls + 1);
      child.kill('SIGINT');
      return end;
    };
    const alone = await scanning();
    assert.equal(alone.code, 130);
    assert.match(alone.stdout, /cancelled/);
    const [scan] = await program.json('scans');
    assert.equal(scan.outcome, 'cancelled');
  });

  test('Ctrl-C while a report is piped in stores nothing', async () => {
    const scans = (await program.json('scans')).length;
    const child = spawn(ROLLCALL, ['--data', program.data, '--config', program.config, 'ingest']);
    child.stdin.write('<?xml version="1.0"?><nmaprun scanner="nmap">');
    const end = ended(child);
    await new Promise((resolve) => setTimeout(resolve, 400));
    child.kill('SIGINT');
    assert.notEqual((await end).code, 0);
    assert.equal((await program.json('scans')).length, scans);
  });
});

describe('odd surroundings', () => {
  let top: string;
  before(() => {
    top = mkdtempSync(join(tmpdir(), 'rollcall-odd-'));
  });
  after(() => rmSync(top, { recursive: true, force: true }));
  const run = (args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; program?: string } = {}): Promise<Ended> =>
    ended(spawn(options.program ?? ROLLCALL, args, { cwd: options.cwd ?? top, env: options.env ?? process.env }));
  const bare = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    ROLLCALL_DATA: join(top, 'bare'),
    ...more,
  });

  test('paths with spaces, quotes and unicode', async () => {
    const folder = join(top, "sp ace's ünï ☃");
    mkdirSync(folder);
    const config = join(folder, 'r c.toml');
    writeFileSync(config, `[http]\nport = ${await freePort()}\n[self]\nwatch = false\n`);
    const places = ['--data', join(folder, 'd'), '--config', config];
    const start = await run(['start', ...places]);
    assert.equal(start.code, 0, start.stderr);
    const copy = await run(['backup', 'cöpy 1.db', ...places], { cwd: folder });
    assert.equal(copy.stdout, `store copied to ${join(folder, 'cöpy 1.db')}\n`);
    const stop = /^ {2}stop +(.*)$/m.exec(start.stdout)?.[1] ?? '';
    assert.match((await ended(spawn('sh', ['-c', stop], { cwd: top }))).stdout, /rollcall stopped/);
  });

  test('through symlinks, from anywhere, without HOME, with zones and languages nobody has', async () => {
    const link = join(top, 'link');
    symlinkSync(ROLLCALL, link);
    mkdirSync(join(top, 'sub'));
    symlinkSync('../link', join(top, 'sub', 'again'));
    for (const [program, cwd] of [
      [link, '/'],
      ['./again', join(top, 'sub')],
    ] as const)
      assert.match((await run(['--version'], { program, cwd })).stdout, /^\d+\.\d+\.\d+\n$/);
    for (const env of [
      bare(),
      bare({ HOME: '' }),
      bare({ TZ: 'Nonsense/Zone' }),
      bare({ TZ: ':/etc/passwd' }),
      bare({ LANG: 'C', LC_ALL: 'C' }),
    ]) {
      const { code, stdout, stderr } = await run(['devices', '--json'], { env });
      assert.deepEqual([code, stdout], [0, '[]\n'], stderr);
    }
  });

  test('a path that is empty or too long is refused, and nothing is made where one stands', async () => {
    for (const [args, message] of [
      [['devices', '--data', ''], /--data "": it is empty/],
      [['devices', '--config', ''], /--config "": it is empty/],
      [['devices', '--data', 'x'.repeat(120)], /its path is too long/],
    ] as const) {
      const cwd = mkdtempSync(join(top, 'cwd-'));
      const { code, stderr } = await run(args, { cwd });
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.match(stderr, /remedy: /);
      rmdirSync(cwd); // only an empty one goes
    }
  });
});

describe('R11: what the machine lacks', () => {
  test(
    'no nmap: doctor names the command that installs it; a scan fails as tool-missing and changes nobody',
    needs('root', 'nmap'),
    async () => {
      const nmap = realpathSync(toolPath('nmap') as string);
      const program = await newProgram();
      await program.json('scan', '127.0.0.1', '--plan', 'sweep');
      const devices = await program.json('devices');
      // Hidden in a mount namespace of the one command: the machine keeps its nmap.
      const hidden = (...args: string[]): Promise<Ended> => {
        const command = [ROLLCALL, '--data', program.data, '--config', program.config, ...args];
        return ended(spawn('unshare', ['-m', 'sh', '-c', `mount --bind /dev/null "$0" && exec "$@"`, nmap, ...command]));
      };
      const doctor = await hidden('doctor');
      assert.equal(doctor.code, 1);
      assert.match(doctor.stdout, /^broken {2}nmap: nmap is not installed.*\n +remedy: .*(install|add).* nmap/m);
      const scan = await hidden('scan', '127.0.0.1');
      assert.equal(scan.code, 2);
      assert.match(scan.stdout, /failed.*\n {2}because nmap is not installed\n {2}remedy: "rollcall doctor" names the fix/);
      const [kept] = await program.json('scans');
      assert.deepEqual([kept.outcome, kept.cause.code], ['failed', 'tool-missing']);
      assert.deepEqual(await program.json('devices'), devices);
      await program.end();
    },
  );

  test('an nmap of the config that is none: doctor says so, and a scan fails', async () => {
    const program = await newProgram({ config: '[nmap]\npath = "/no/such/nmap"\n' });
    const doctor = await program.run('doctor');
    assert.equal(doctor.code, 1);
    assert.match(
      doctor.stdout,
      /broken {2}nmap: \/no\/such\/nmap, named in the config file, does not run.*\n +remedy: mend path under \[nmap\]/,
    );
    const { stdout } = await program.run('scan', '127.0.0.1', '--json');
    assert.deepEqual([JSON.parse(stdout).scan.outcome, JSON.parse(stdout).scan.cause.code], ['failed', 'tool-missing']);
    await program.end();
  });

  test('no privilege: a connect scan that says so, in scan, status, start and doctor', needs('root', 'nmap', 'setpriv'), async () => {
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs'];
    const program = await newProgram({ prefix: nobody });
    const folder = dirname(program.data);
    chownSync(folder, 65534, 65534);
    chmodSync(program.config, 0o644);
    const scan = await program.run('scan', '127.0.0.1');
    assert.equal(scan.code, 0, scan.stderr);
    assert.match(scan.stdout, /complete, 1 host up.*\n {2}by connections only/);
    const [kept] = await program.json('scans');
    assert.equal(kept.privileged, false);
    assert.ok(kept.commands[0].includes('-sT') && kept.commands[0].includes('--unprivileged'));
    assert.match((await program.run('doctor')).stdout, /^limited privileges: no raw packets.*\n +remedy: run as root/m);
    assert.match((await program.run('start')).stdout, /limited {3}by connections only; .* doctor/);
    assert.match((await program.run('status')).stdout, /connections only/);
    assert.equal((await program.run('stop')).code, 0);
    await program.end();
  });
});
