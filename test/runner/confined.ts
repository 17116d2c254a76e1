import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { comesTrue } from '../probes/clocks.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/rollcall', import.meta.url));
/** The uid and gid of nobody. */
const NOBODY = '65534';

/** Words before a command that leave it these capabilities and no way to others. */
export function confined(...capabilities: readonly string[]): string[] {
  const only = (set: string): string => `--${set}=-all${capabilities.map((one) => `,+${one}`).join('')}`;
  const who = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'];
  return ['setpriv', ...who, only('inh-caps'), only('ambient-caps'), only('bounding-set'), '--no-new-privs', '--'];
}

/** Programs that a process has started, and that are still there. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((entry) => Number.isInteger(entry) && parentOf(entry) === pid);
}

/** null: it is gone already. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
  } catch {
    return null;
  }
}

/** Resident memory, in MB. */
export const memoryOf = (pid: number): number => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

export interface ConfinedRunner {
  readonly pid: number;
  readonly socket: string;
  /** What it wrote to standard error so far. */
  readonly said: () => string;
  connect(): Socket;
  /** SIGKILL, as the out-of-memory killer does it. */
  kill(): Promise<void>;
  /** Once more on the same socket. */
  again(): Promise<void>;
  stop(): Promise<void>;
}

export interface RunnerPlace {
  /** Words in front of it, as `ip netns exec NAME`. */
  readonly before?: readonly string[];
  readonly capabilities?: readonly string[];
  readonly config?: string;
}

/** The real runner as nobody, with one capability. */
export async function startRunner({ before = [], capabilities = ['net_raw'], config }: RunnerPlace = {}): Promise<ConfinedRunner> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-runner-'));
  chmodSync(folder, 0o777);
  const socket = join(folder, 'runner.sock');
  const words = [...before, ...confined(...capabilities), LAUNCHER, 'runner', '--socket', socket, '--config', config ?? '/no/such/file'];
  let said = '';
  const start = async (): Promise<ChildProcess> => {
    const before = said.length;
    const child = spawn(words[0] as string, words.slice(1), { stdio: ['ignore', 'inherit', 'pipe'] });
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk));
    if (!(await comesTrue(() => said.slice(before).includes('ready'), 15_000))) throw new Error(`the runner is not ready: ${said}`);
    return child;
  };
  let child = await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill(signal);
    await gone;
  };
  return {
    get pid() {
      return child.pid as number;
    },
    socket,
    said: () => said,
    connect: () => createConnection(socket),
    kill: () => end('SIGKILL'),
    async again() {
      child = await start();
    },
    async stop() {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
