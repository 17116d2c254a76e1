import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needs } from '../needs.ts';

const PROGRAM = fileURLToPath(new URL('../../scripts/demo.js', import.meta.url));

interface Ready {
  readonly url: string;
  readonly token: string;
  readonly user: { readonly name: string; readonly password: string };
  readonly folder: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ready: Ready;
  /** Says a line, and gives the next one. */
  ask(line: string): Promise<string>;
}

/** A steered demo, once it is ready. */
async function start(t: TestContext, prefix: readonly string[] = []): Promise<Started> {
  const [command, ...args] = [...prefix, process.execPath, PROGRAM, '--steered', '--days', '1'];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => (await lines.next()).value ?? '';
  const first = await next();
  assert.match(first, /^ready \{/);
  const ask = (line: string): Promise<string> => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  return { child, ready: JSON.parse(first.slice(6)) as Ready, ask };
}

/** Runs it to its end. */
async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args]);
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (part: string) => {
      said[stream] += part;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

/** Processes that it started, by the kernel. */
const childrenOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean));

/** Local addresses of the sockets it has open, as the kernel lists them. */
function socketsOf(pid: number): string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /socket:\[(\d+)\]/.exec(execFileSync('readlink', [`/proc/${pid}/fd/${fd}`], { encoding: 'utf8' }))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6', 'packet'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => cells.some((cell) => own.has(cell)))
      .map((cells) => `${kind} ${cells[1]}`),
  );
}

describe('npm run demo', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    test(`ends cleanly on ${signal}, and its folder is gone`, async (t) => {
      const { child, ready } = await start(t);
      assert.ok(existsSync(ready.folder));
      const pid = child.pid ?? assert.fail();
      assert.deepEqual(childrenOf(pid), [], 'it starts no process');
      const port = Number(new URL(ready.url).port).toString(16).toUpperCase().padStart(4, '0');
      assert.deepEqual(socketsOf(pid), [`tcp 0100007F:${port}`], 'it opens nothing but its port on 127.0.0.1');
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.equal(existsSync(ready.folder), false);
    });

  test('lets happen what it is told on stdin, refuses the rest, and ends when nobody steers it any more', async (t) => {
    const { child, ready, ask } = await start(t);
    assert.equal(await ask('stranger'), 'done stranger');
    assert.match(await ask('rain'), /^refused rain: letting "rain" happen/);
    assert.equal(await ask('outage'), 'done outage');
    child.stdin?.end();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.equal(existsSync(ready.folder), false);
  });

  test('ends cleanly while the month is still played', async (t) => {
    const child = spawn(process.execPath, [PROGRAM, '--days', '30'], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  test('says what it takes, and refuses what it does not', async () => {
    assert.match((await run('--help')).stdout, /--seed WORD/);
    for (const args of [
      ['--port', '70000'],
      ['--port', 'x'],
      ['--days', '0'],
      ['--days', '99'],
      ['--days', '-1'],
      ['--speed', '2'],
    ]) {
      const { code, stderr } = await run(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, /^rollcall: /);
      assert.doesNotMatch(stderr, /\n\s+at /, 'no stack for what a user mistyped');
    }
  });

  test('runs where there is no network at all', needs('netns'), async (t) => {
    const { child, ready, ask } = await start(t, ['unshare', '--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']);
    assert.match(ready.url, /^http:\/\/127\.0\.0\.1:/);
    assert.equal(await ask('scan'), 'done scan');
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.equal(existsSync(ready.folder), false);
  });
});
