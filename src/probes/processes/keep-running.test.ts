import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comesTrue, fastClock } from '../../../test/probes/clocks.ts';
import type { Cause } from '../../core/index.ts';
import { type Attendant, type Endless, keepRunning } from './keep-running.ts';
import { launchHere, type RunEnd } from './launch.ts';

interface Watched {
  readonly starts: () => number;
  readonly output: () => string;
  readonly ends: readonly RunEnd[];
  readonly result: Promise<Cause | null>;
  readonly stop: () => void;
}

interface Other extends Partial<Endless> {
  readonly command?: readonly string[];
  readonly read?: Attendant['read'];
}

/** Runs a program of node, time passing a hundred times as fast. */
function run(script: string, { command = [process.execPath, '-e', script], ...other }: Other = {}): Watched {
  const stop = new AbortController();
  const ends: RunEnd[] = [];
  let starts = 0;
  let output = '';
  const attend = (): Attendant => {
    starts++;
    return {
      read:
        other.read ??
        ((chunk) => {
          output += Buffer.from(chunk).toString();
          return true;
        }),
      complain() {},
      why(end) {
        ends.push(end);
        return { code: 'tool-failed', text: `exit ${end.code}` };
      },
    };
  };
  const clock = other.clock ?? fastClock(100);
  const launch = launchHere(command, clock);
  const result = keepRunning({ launch, clock, signal: stop.signal, attend, retry: () => 'seldom', ...other });
  return { starts: () => starts, output: () => output, ends, result, stop: () => stop.abort() };
}

test('a program that dies is started again', async () => {
  const watched = run("console.log('here')");
  assert.ok(await comesTrue(() => watched.output().startsWith('here\nhere\n'), 5000));
  watched.stop();
  assert.equal(await watched.result, null);
});

test('one that dies at once each time is given up, with the cause', async () => {
  // Not so fast that a busy machine makes a sound run of a death.
  const watched = run('process.exit(3)', { command: ['/bin/false'], clock: fastClock(20) });
  assert.deepEqual(await watched.result, { code: 'tool-failed', text: 'exit 1' });
  assert.equal(watched.starts(), 12);
});

test('one that cannot be started, or for which there is no hope, is given up at once', async () => {
  const missing = run('', { command: ['/no/such/program'], retry: () => 'never' });
  assert.match(String(await missing.result.then((cause) => cause?.text)), /exit null/);
  assert.match(missing.ends[0]?.startFailure ?? '', /ENOENT/);
  assert.equal(missing.starts(), 1);
});

test('one that the world keeps from running is tried for ever', async () => {
  const watched = run('', { command: ['/bin/false'], retry: () => 'always' });
  assert.ok(await comesTrue(() => watched.starts() > 15, 10_000));
  watched.stop();
  assert.equal(await watched.result, null);
});

test('stopped, a program that does not obey is killed, and gone when that is told', async () => {
  const watched = run("process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)");
  assert.ok(await comesTrue(() => watched.output() === 'ready\n', 5000));
  watched.stop();
  assert.equal(await watched.result, null);
  assert.deepEqual(watched.ends, [{ code: null, signal: 'SIGKILL', startFailure: null }]);
});

test('one whose output makes no sense is killed and started again', async () => {
  const watched = run("console.log('nonsense'); setInterval(() => {}, 1000)", { read: () => false });
  assert.ok(await comesTrue(() => watched.starts() > 1, 5000));
  watched.stop();
  await watched.result;
  assert.equal(watched.ends[0]?.signal, 'SIGKILL');
});

test('stopped before it began, nothing is started', async () => {
  const watched = run('', { signal: AbortSignal.abort() });
  assert.deepEqual([await watched.result, watched.starts()], [null, 0]);
});
