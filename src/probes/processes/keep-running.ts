import { type ChildProcess, spawn } from 'node:child_process';
import type { Cause, Clock, Millis, StopSignal } from '../../core/index.ts';
import { PLAIN_ENVIRONMENT } from '../machine/tools.ts';

/** What listens to one run of a program. */
export interface Attendant {
  /** Gets standard output; false ends the run, because what comes makes no sense. */
  read(chunk: Uint8Array): boolean;
  /** Gets standard error. */
  complain(chunk: Uint8Array): void;
  /** Why the run ended, which nobody had asked for. */
  why(end: RunEnd): Cause;
}

export interface RunEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be started; null when it ran. */
  readonly startFailure: string | null;
}

export interface Endless {
  readonly command: readonly [string, ...string[]];
  readonly clock: Clock;
  readonly signal: StopSignal;
  /** Called at each start. `over` stops when the run has ended. */
  attend(run: { readonly kill: (signal: NodeJS.Signals) => void; readonly over: AbortSignal }): Attendant;
  /** never: starting again is in vain; always: it will do as soon as the world lets it; seldom: only so many times in a row. */
  retry(cause: Cause): 'never' | 'seldom' | 'always';
}

/** Waits before a new start: short after the first death, twice as long after each next one. */
const FIRST_WAIT: Millis = 100;
const LONGEST_WAIT: Millis = 5000;
/** A run of this length ends the row of deaths. */
const SOUND_RUN: Millis = 10_000;
/** Half a minute of starting again. */
const MOST_DEATHS = 12;
/** How long a program may take to obey SIGTERM. */
const GRACE: Millis = 2000;

/**
 * Runs a program that is not meant to end, and again when it does, until the signal stops: then null. Resolves to
 * the cause of the last death when there is no sense in going on. The program is gone by then; never rejects.
 */
export async function keepRunning(endless: Endless): Promise<Cause | null> {
  const { clock, signal } = endless;
  for (let deaths = 1; !signal.aborted; deaths++) {
    const began = clock.monotonic();
    const cause = await runOnce(endless);
    if (signal.aborted) return null;
    if (clock.monotonic() - began >= SOUND_RUN) deaths = 1;
    const retry = endless.retry(cause);
    if (retry === 'never' || (retry === 'seldom' && deaths >= MOST_DEATHS)) return cause;
    await clock.sleep(Math.min(FIRST_WAIT * 2 ** (deaths - 1), LONGEST_WAIT), signal);
  }
  return null;
}

async function runOnce(endless: Endless): Promise<Cause> {
  const over = new AbortController();
  const child = start(endless.command);
  const kill = (signal: NodeJS.Signals): void => {
    if (typeof child !== 'string') child.kill(signal);
  };
  const attendant = endless.attend({ kill, over: over.signal });
  if (typeof child === 'string') return attendant.why({ code: null, signal: null, startFailure: child });
  const stop = (): void => stopSoftly(child, endless.clock, over.signal);
  endless.signal.addEventListener('abort', stop, { once: true });
  child.stdout?.on('data', (chunk: Buffer) => {
    if (!attendant.read(chunk)) child.kill('SIGKILL');
  });
  child.stderr?.on('data', (chunk: Buffer) => attendant.complain(chunk));
  const end = await endOf(child);
  over.abort();
  endless.signal.removeEventListener('abort', stop);
  return attendant.why(end);
}

function start([program, ...args]: readonly [string, ...string[]]): ChildProcess | string {
  try {
    // A group of its own: what is typed at a terminal (Ctrl-C) is for us to pass on.
    return spawn(program, args, { cwd: '/', env: PLAIN_ENVIRONMENT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (reason) {
    return String(reason);
  }
}

function stopSoftly(child: ChildProcess, clock: Clock, over: AbortSignal): void {
  child.kill('SIGTERM');
  // A stopped process does not look at its mail.
  child.kill('SIGCONT');
  void clock.sleep(GRACE, over).then(() => {
    if (!over.aborted) child.kill('SIGKILL');
  });
}

function endOf(child: ChildProcess): Promise<RunEnd> {
  return new Promise((resolve) => {
    child.on('error', (failure) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, startFailure: failure.message });
    });
    child.once('close', (code, signal) => resolve({ code, signal, startFailure: null }));
  });
}
