import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock, Millis, StopSignal } from '../../core/index.ts';
import { PLAIN_ENVIRONMENT } from '../machine/tools.ts';
import { createComplaints } from './complaints.ts';
import { inEmptyFolder } from './empty-folder.ts';
import { killGroup } from './kill-group.ts';
import { createTermination, type Ended } from './terminate.ts';

export interface ToolRun {
  /** Arguments put before the tool so that it dies with this process; may be empty. */
  readonly leash: readonly string[];
  /** Path of the tool. */
  readonly tool: string;
  readonly argv: readonly string[];
  readonly budget: Millis;
  readonly clock: Clock;
  readonly signal: StopSignal;
  /** Gets standard output as it comes. When it throws, the run is ended as unreadable. */
  readonly read: (chunk: Uint8Array) => void;
}

/** How the process ended, before anybody judges what it said. */
export interface ProcessEnd {
  /** null when a signal ended it, or it never started. */
  readonly code: number | null;
  readonly signal: string | null;
  /** What we did to end it, if anything; the first cause wins. */
  readonly ended: Ended | null;
  /** Why it could not be started; null when it ran. */
  readonly startFailure: string | null;
  /** Its standard error, line by line, cleaned and capped. */
  readonly complaints: readonly string[];
  /** Targets it said it found no route to. */
  readonly unrouted: number;
}

/** A grandchild that left the group may hold the pipes open; it gets this long after the tool's own end. */
const PIPE_GRACE: Millis = 1000;

/** Runs one tool in a process group of its own. Resolves when it is gone, whatever happened; never rejects. */
export async function runTool(run: ToolRun): Promise<ProcessEnd> {
  const over = new AbortController();
  const complaints = createComplaints();
  const child = start(run);
  if (typeof child === 'string') return { ...NOTHING, startFailure: child };
  const termination = createTermination({ pid: child.pid, clock: run.clock, over: over.signal });
  termination.atBudget(run.budget);
  termination.onStop(run.signal);
  child.stdout?.on('data', (chunk: Buffer) => readOr(run.read, chunk, () => termination.begin('unreadable')));
  child.stderr?.on('data', (chunk: Buffer) => complaints.write(chunk));
  const { code, signal, startFailure } = await endOf(child, run.clock);
  over.abort();
  return { code, signal, startFailure, ended: termination.cause(), ...complaints.finish() };
}

const NOTHING: ProcessEnd = { code: null, signal: null, ended: null, startFailure: null, complaints: [], unrouted: 0 };

function start({ leash, tool, argv }: ToolRun): ChildProcess | string {
  const [command, ...args] = [...leash, tool, ...argv] as [string, ...string[]];
  try {
    return inEmptyFolder((cwd) => spawn(command, args, { cwd, env: PLAIN_ENVIRONMENT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }));
  } catch (reason) {
    return String(reason);
  }
}

function readOr(read: (chunk: Uint8Array) => void, chunk: Uint8Array, failed: () => void): void {
  try {
    read(chunk);
  } catch {
    failed();
  }
}

type BareEnd = Pick<ProcessEnd, 'code' | 'signal' | 'startFailure'>;

/** Waits for the exit and for the last of the output; whatever is left of the group dies at the exit. */
function endOf(child: ChildProcess, clock: Clock): Promise<BareEnd> {
  return new Promise((resolve) => {
    child.once('error', (failure) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, startFailure: failure.message });
    });
    child.once('exit', () => {
      killGroup(child.pid, 'SIGKILL');
      const closed = new AbortController();
      child.once('close', () => closed.abort());
      void clock.sleep(PIPE_GRACE, closed.signal).then(() => destroyPipes(child));
    });
    child.once('close', (code, signal) => resolve({ code, signal, startFailure: null }));
  });
}

function destroyPipes(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}
