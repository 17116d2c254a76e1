import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { birthOf, livingPid } from '../../src/cli/daemon/pid-file.ts';
import { stopProcess } from '../../src/cli/daemon/stop.ts';
import { emptyFolder, type Given, type Ran, rollcall } from './fake-world.ts';

const daemon = fileURLToPath(new URL('./fixtures/daemon.ts', import.meta.url));
const started = new Set<number>();
after(() => {
  for (const pid of started) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended, as it should
    }
  }
});

/** Runs a command against the stand-in daemon of a folder. */
async function withDaemon(argv: readonly string[], data: string, mood = 'well'): Promise<Ran> {
  const given: Given = { data, env: { MOOD: mood, PATH: process.env['PATH'] ?? '' }, world: { launcher: [process.execPath, daemon] } };
  const ran = await rollcall(argv, given);
  const pid = await livingPid(join(data, 'rollcall.pid'));
  if (pid !== undefined) started.add(pid);
  return ran;
}

test('S0.1: start, status and stop, each said and each with its exit code', async () => {
  const data = join(emptyFolder(), 'state');
  const before = await withDaemon(['status'], data);
  assert.deepEqual([before.code, before.out], [1, 'rollcall is not running\n']);

  const start = await withDaemon(['start', '-v'], data);
  assert.equal(start.code, 0, start.err);
  const pid = Number(/process (\d+)/.exec(start.out)?.[1]);
  assert.match(
    start.out,
    /^rollcall runs \(process \d+\)\n {2}address {3}http:\/\/127\.0\.0\.1:9090\/\n {2}set up {4}http:\/\/127\.0\.0\.1:9090\/setup#rcl_secret\n {2}watching {2}192\.0\.2\.0\/28\n {2}limited /,
  );
  assert.match(start.out, /token {5}\S+ \S+daemon\.ts token\n {2}stop {6}\S+ \S+daemon\.ts stop\n$/);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  assert.equal(statSync(join(data, 'rollcall.log')).mode & 0o777, 0o600);
  assert.match(readFileSync(join(data, 'rollcall.log'), 'utf8'), new RegExp(`starting up run --data ${data} --verbose`));

  const again = await withDaemon(['start'], data);
  assert.deepEqual([again.code, again.out.split('\n')[0]], [0, `rollcall runs already (process ${pid})`]);
  assert.deepEqual((await withDaemon(['start', '--json'], data)).json().started, false);

  const status = await withDaemon(['status'], data);
  assert.equal(status.code, 0);
  assert.match(
    status.out,
    new RegExp(`^rollcall 9\\.9\\.9 runs \\(process ${pid}\\) since 2026-11-21 03:00:00\n {2}site home: 3 devices, 1 target, 12 changes`),
  );
  const json = (await withDaemon(['status', '--json'], data)).json();
  assert.deepEqual([json.running, json.pid, json.status.seq], [true, pid, 12]);

  const refused = await withDaemon(['restore', 'copy.db'], data);
  assert.equal(refused.code, 2);
  assert.match(refused.err, new RegExp(`restoring: the daemon runs \\(process ${pid}\\)\n {2}remedy: stop it with "rollcall stop"`));

  const stop = await withDaemon(['stop'], data);
  assert.deepEqual([stop.code, stop.out], [0, `rollcall stopped (process ${pid})\n`]);
  assert.equal(await birthOf(pid), undefined);
  assert.deepEqual((await withDaemon(['status', '--json'], data)).json(), { running: false, pid: null, status: null });
  assert.deepEqual((await withDaemon(['stop'], data)).out, 'rollcall was not running\n');
});

test('a started daemon has a session of its own, so it survives the logout', async () => {
  const data = emptyFolder();
  await withDaemon(['start'], data);
  const pid = await livingPid(join(data, 'rollcall.pid'));
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  assert.equal(fields[3], String(pid), 'the session is its own');
  assert.equal(fields[4], '0', 'it has no terminal');
  await withDaemon(['stop'], data);
});

test('a daemon that dies at once shows the end of its log, escaped, and only its own part', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'rollcall.log'), 'an old line\n');
  const { code, out, err } = await withDaemon(['start'], data, 'dies');
  assert.deepEqual([code, out], [2, '']);
  assert.match(
    err,
    /^rollcall: starting rollcall: it ended at once \(exit code 2\)\n {2}remedy: mend what its log says:\n {4}starting up run/,
  );
  assert.match(err, /listening on 127\.0\.0\.1:9090: \\u\{1b\}\[31mthe port is busy/);
  assert.doesNotMatch(err, /an old line/);
});

test('a launcher that cannot be run is said', async () => {
  const { code, err } = await rollcall(['start'], { world: { launcher: ['/nowhere/rollcall'] } });
  assert.equal(code, 2);
  assert.match(err, /starting rollcall: it ended at once \(spawn \/nowhere\/rollcall ENOENT\)/);
});

test('a bad config is told before anything is started', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'bad.toml'), '[http]\nprot = 1\n');
  const { code, err } = await withDaemon(['start', '--config', 'bad.toml'], data);
  assert.equal(code, 2);
  assert.match(err, /bad\.toml:2: reading http\.prot/);
  assert.ok(!existsSync(join(data, 'rollcall.log')));
});

test('a daemon that does not end in time is said, with its pid', async () => {
  const data = emptyFolder();
  await withDaemon(['start'], data, 'stubborn');
  const pid = (await livingPid(join(data, 'rollcall.pid'))) as number;
  await assert.rejects(stopProcess(pid, 200), /stopping rollcall: process \d+ is still there after 0\.2 s/);
  process.kill(pid, 'SIGKILL');
  for (const deadline = Date.now() + 5000; (await birthOf(pid)) && Date.now() < deadline; ) await wait(20);
  const { code, out } = await withDaemon(['status'], data);
  assert.deepEqual([code, out], [1, 'rollcall is not running\n']);
});

test('a pid that belongs to another process by now is never taken for the daemon', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'rollcall.pid'), `${process.pid}\nsome-other-boot/123\n`);
  assert.equal(await livingPid(join(data, 'rollcall.pid')), undefined);
  assert.equal((await withDaemon(['stop'], data)).out, 'rollcall was not running\n');
});

test('S16: where the first user is made is shown to whoever starts it, never in the log, and not any more once there is one', async () => {
  const data = join(emptyFolder(), 'state');
  const start = await withDaemon(['start', '--json'], data);
  assert.equal(start.json().setup, 'http://127.0.0.1:9090/setup#rcl_secret');
  assert.doesNotMatch(readFileSync(join(data, 'rollcall.log'), 'utf8'), /rcl_/);
  assert.equal((await withDaemon(['stop'], data)).code, 0);
  const later = await withDaemon(['start', '--json'], data, 'set up');
  assert.equal(later.json().setup, null);
  assert.doesNotMatch((await withDaemon(['start'], data, 'set up')).out, /set up/);
  assert.equal((await withDaemon(['stop'], data)).code, 0);
});
