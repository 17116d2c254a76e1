import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliWorld, runCli, type Sink } from '../../src/cli/index.ts';
import { type Answers, type FakeCall, fakeClient } from './fake-client.ts';

// Times in text are local; the tests read them in one zone.
process.env['TZ'] = 'UTC';

export const NOW = Date.parse('2026-11-21T12:00:00Z');

const fresh = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));
let folders = 0;

/** An empty folder that is gone after the tests. */
export const emptyFolder = (): string => mkdtempSync(join(fresh, `${folders++}-`));

export interface Given {
  readonly answers?: Answers;
  readonly tty?: boolean;
  readonly stdin?: readonly string[] | 'terminal';
  /** Whether the one who answers is a daemon. */
  readonly daemon?: boolean;
  readonly data?: string;
  readonly env?: Record<string, string>;
  /** Gets what presses Ctrl-C. */
  readonly interrupts?: (press: () => void) => void;
  readonly world?: Partial<CliWorld>;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly calls: readonly FakeCall[];
  /** stdout as JSON. */
  json(): any;
}

/** Runs a command line in a world of its own. Doors that are not expected to open throw. */
export async function rollcall(argv: readonly string[], given: Given = {}): Promise<Ran> {
  const { client, calls } = fakeClient(given.answers ?? {});
  const [stdout, stderr] = [new TextSink(given.tty ?? false), new TextSink(given.tty ?? false)];
  const data = given.data ?? emptyFolder();
  const listeners = new Set<() => void>();
  given.interrupts?.(() => {
    for (const listener of listeners) listener();
  });
  const code = await runCli(argv, {
    version: '9.9.9',
    env: { ROLLCALL_DATA: data, XDG_CONFIG_HOME: data, TERM: 'xterm', ...given.env },
    cwd: data,
    home: data,
    uid: 1000,
    stdin: stdinOf(given.stdin ?? []),
    stdout,
    stderr,
    now: () => NOW,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    launcher: ['/nowhere/rollcall'],
    configChecks: unexpected('configChecks'),
    tryMirror: unexpected('tryMirror'),
    openInProcess: async () => ({ client, daemon: given.daemon ?? false, close: async () => {} }),
    runDaemon: unexpected('runDaemon'),
    openMail: unexpected('openMail'),
    restore: unexpected('restore'),
    quit: unexpected('quit'),
    ...given.world,
  });
  return { code, out: stdout.text, err: stderr.text, calls, json: () => JSON.parse(stdout.text) };
}

const unexpected = (name: string) => (): never => {
  throw new Error(`unexpected use of ${name}`);
};

class TextSink implements Sink {
  text = '';
  readonly columns = 100;
  readonly isTTY: boolean;
  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }
  write(text: string, taken?: () => void): void {
    this.text += text;
    taken?.();
  }
  on(): void {}
}

function stdinOf(input: readonly string[] | 'terminal'): CliWorld['stdin'] {
  const chunks = input === 'terminal' ? [] : input;
  async function* read(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  return Object.assign(read(), { isTTY: input === 'terminal' });
}
