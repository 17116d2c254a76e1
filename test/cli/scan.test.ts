import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FollowItem } from '../../src/contract/index.ts';
import { Fault } from '../../src/core/index.ts';
import type { Answers } from './fake-client.ts';
import { rollcall } from './fake-world.ts';
import { host, progress, result, scan, stream } from './make.ts';

const running = scan({ outcome: 'running', finishedAt: null });

function scanning(...items: readonly FollowItem[]): Answers {
  return { 'scans.start': () => ({ scan: running }), 'scans.follow': () => stream(...items) };
}

const done = (over: Parameters<typeof result>[0] = {}): FollowItem => ({ kind: 'result', result: result(over) });

test('a scan says how it ended, what answered, and what changed', async () => {
  const { code, out, calls } = await rollcall(['scan', '192.0.2.0/28'], { answers: scanning(done()) });
  assert.equal(code, 0);
  assert.deepEqual(calls, [
    { operation: 'scans.start', input: { targets: ['192.0.2.0/28'], plan: 'ports' } },
    { operation: 'scans.follow', input: { id: 31 } },
  ]);
  assert.equal(
    out,
    `scan 31 of 192.0.2.0/28: complete, 1 host up of 16 asked, took 2.5 s

ADDRESS     NAME     MAC                VENDOR  PORTS
192.0.2.20  printer  00:00:5e:00:53:01  ACME    22/tcp ssh OpenSSH 9.2, 80/tcp filtered

SEQ  WHEN                 CHANGE       DEVICE        WHAT
12   2026-11-21 03:00:00  port.opened  printer (#7)  22/tcp ssh OpenSSH 9.2
`,
  );
});

test('its JSON is {scan, hosts, changes} and its warnings', async () => {
  const ran = await rollcall(['scan', '192.0.2.0/28', '--json'], { answers: scanning(progress(0.5), done()) });
  assert.deepEqual(ran.json(), result());
  assert.equal(ran.err, '');
});

test('targets and options are passed on as they were typed', async () => {
  const argv = ['scan', '10.0.0.1', 'nas.lan', '--plan', 'deep', '--ports', 'top 100', '--scripts', 'safe', '--iface', 'eth1'];
  const { calls } = await rollcall(argv, { answers: scanning(done()) });
  assert.deepEqual(calls[0]?.input, { targets: ['10.0.0.1', 'nas.lan'], plan: 'deep', ports: 'top 100', scripts: 'safe', iface: 'eth1' });
});

test('a partial scan exits 1, a failed one 2, each with its cause', async () => {
  const cause = { code: 'no-carrier', text: 'eth0 has no carrier' };
  const partial = await rollcall(['scan', '10.0.0.1'], { answers: scanning(done({ scan: scan({ outcome: 'partial', cause }) })) });
  assert.equal(partial.code, 1);
  assert.match(partial.out, /partial, .*\n  because eth0 has no carrier\n/);
  const failed = await rollcall(['scan', '10.0.0.1'], {
    answers: scanning(done({ scan: scan({ outcome: 'failed', cause }), hosts: [], changes: [] })),
  });
  assert.equal(failed.code, 2);
  assert.match(failed.out, /failed, .*\n  because eth0 has no carrier\n\nnothing was learned, so nothing changed\n/);
});

test('a scan without privilege is labelled; warnings are shown', async () => {
  const item = done({
    scan: scan({ privileged: false }),
    warnings: ['3 names did not resolve'],
    changes: [],
    hosts: [host({ timedOut: true })],
  });
  const { out } = await rollcall(['scan', '10.0.0.1'], { answers: scanning(item) });
  assert.match(out, /by connections only/);
  assert.match(out, /3 names did not resolve/);
  assert.match(out, /gave up: ports unknown/);
  assert.match(out, /nothing changed\n$/);
});

test('R7: a stream that ends without a result is a failure, never an empty network', async () => {
  const { code, out, err } = await rollcall(['scan', '10.0.0.1'], { answers: scanning(progress(0.9)) });
  assert.deepEqual([code, out], [2, '']);
  assert.match(err, /following the scan: it ended without a result/);
});

test('a terminal gets a bar with percent, hosts found and time left, and it is cleared at the end', async () => {
  const { err } = await rollcall(['scan', '10.0.0.1'], {
    tty: true,
    answers: scanning(progress(0), progress(0.5, { hosts: 1, secondsLeft: 200 }), done()),
  });
  assert.match(err, /\r\u001b\[Kscanning 10\.0\.0\.1 \[#{15}-{15}\] {2}50 % 1 host found, 3 min left/);
  assert.ok(err.endsWith('\r\u001b[K'));
});

test('elsewhere it gets a plain line per tenth, and nothing with --quiet', async () => {
  const items = [0, 0.01, 0.05, 0.11, 0.12, 0.99].map((at) => progress(at, { secondsLeft: null }));
  const { err } = await rollcall(['scan', '10.0.0.1'], { answers: scanning(...items, done()) });
  assert.equal(
    err,
    'scanning 10.0.0.1   0 % 3 hosts found\nscanning 10.0.0.1  11 % 3 hosts found\nscanning 10.0.0.1  99 % 3 hosts found\n',
  );
  assert.equal((await rollcall(['scan', '10.0.0.1', '--quiet'], { tty: true, answers: scanning(...items, done()) })).err, '');
});

test('S1: what looks like an option never becomes a target, and hostile targets stay text', async () => {
  assert.equal((await rollcall(['scan', '-iL', '/etc/passwd'])).code, 2);
  const hostile = ['-iL/etc/passwd', '\u001b[2J', '10.0.0.1; reboot', '0/0'];
  const { code, err, calls } = await rollcall(['scan', '--', ...hostile], {
    tty: true,
    answers: {
      'scans.start': ({ targets }) => {
        throw new Fault('bad-input', `reading target ${targets[1]}: it is no target`, 'write an address');
      },
    },
  });
  assert.equal(code, 2);
  assert.deepEqual(calls[0]?.input.targets, hostile);
  assert.match(err, /reading target \\u\{1b\}\[2J: it is no target/);
});

/** A scan that goes on until it is cancelled. */
function endless(onFollow: () => void): { answers: Answers; cancelled: () => boolean } {
  const cancel = Promise.withResolvers<void>();
  let cancelled = false;
  return {
    cancelled: () => cancelled,
    answers: {
      'scans.start': () => ({ scan: running }),
      'scans.cancel': () => {
        cancelled = true;
        cancel.resolve();
        return { scan: running };
      },
      async *'scans.follow'(_, { signal }) {
        yield progress(0.1);
        signal?.addEventListener('abort', () => cancel.reject(signal.reason));
        onFollow();
        await cancel.promise;
        yield done({ scan: scan({ outcome: 'cancelled', cause: { code: 'stopped', text: 'it was cancelled' } }) });
      },
    },
  };
}

test('Ctrl-C cancels the scan, waits for what it saw, and exits 130', async () => {
  let press = (): void => {};
  const { answers, cancelled } = endless(() => press());
  const { code, out } = await rollcall(['scan', '10.0.0.1'], { answers, interrupts: (pressed) => (press = pressed) });
  assert.equal(code, 130);
  assert.ok(cancelled());
  assert.match(out, /cancelled, 1 host up .*\n  because it was cancelled/);
});

test('a second Ctrl-C leaves without waiting', async () => {
  let press = (): void => {};
  const { answers } = endless(() => {
    press();
    press();
  });
  const stuck = { ...answers, 'scans.cancel': () => new Promise<never>(() => {}) };
  const { code, out } = await rollcall(['scan', '10.0.0.1'], { answers: stuck, interrupts: (pressed) => (press = pressed) });
  assert.deepEqual([code, out], [130, '']);
});

test('Ctrl-C while the scan is only being asked for still cancels it', async () => {
  let press = (): void => {};
  const { answers, cancelled } = endless(() => {});
  const start = {
    ...answers,
    'scans.start': () => {
      press();
      return { scan: running };
    },
  };
  const { code } = await rollcall(['scan', '10.0.0.1'], { answers: start, interrupts: (pressed) => (press = pressed) });
  assert.equal(code, 130);
  assert.ok(cancelled());
});

test('scans are listed with how they ended', async () => {
  const answers = {
    'scans.list': () => [
      scan({ outcome: 'failed', cause: { code: 'killed', text: 'nmap was killed' }, up: 0, changes: 0 }),
      scan({ id: 30 }),
    ],
  };
  const { code, out, calls } = await rollcall(['scans'], { answers });
  assert.equal(code, 0);
  assert.deepEqual(calls[0]?.input, { limit: 20 });
  assert.equal(
    out,
    `ID  STARTED              PLAN   SUBJECT       OUTCOME   UP    CHANGES  CAUSE
31  2026-11-21 03:00:00  ports  192.0.2.0/28  failed    0/16  0        nmap was killed
30  2026-11-21 03:00:00  ports  192.0.2.0/28  complete  1/16  1        ${''}
`,
  );
  assert.deepEqual((await rollcall(['scans', '--json', '--limit', '2'], { answers })).json()[1], scan({ id: 30 }));
  assert.equal((await rollcall(['scans', '--limit', 'x'])).code, 2);
  assert.match((await rollcall(['scans'], { answers: { 'scans.list': () => [] } })).err, /no scans yet/);
});
