import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock, Millis } from '../../core/index.ts';
import type { Job } from '../jobs.ts';
import { PLAIN_ENVIRONMENT } from '../machine/tools.ts';
import { inEmptyFolder } from './empty-folder.ts';
import { killGroup } from './kill-group.ts';

/** Who gets what a program prints. */
export interface Takers {
  out(chunk: Uint8Array): void;
  err(chunk: Uint8Array): void;
}

export interface RunEnd {
  readonly code: number | null;
  /** What ended it; null when it ended by itself, or never started. */
  readonly signal: string | null;
  /** Why it could not be started; null when it ran. */
  readonly startFailure: string | null;
}

/** A program under way, here or in the runner. */
export interface Launched {
  /** To it and all that it started; nothing happens when they are gone. */
  kill(signal: NodeJS.Signals): void;
  /** Stops reading what it prints, or goes on. */
  pause(paused: boolean): void;
  /** Settles when it is gone and all of its output was taken. Never rejects. */
  readonly end: Promise<RunEnd>;
}

/** Starts one program. Nobody is told anything before it has returned. */
export type Launch = (takers: Takers) => Launched;

/** A small process that starts what needs raw packets, because this one may not. */
export interface Runner {
  launch(job: Job): Launch;
  /** Whether it is there, or was and is expected to come back. */
  expected(): boolean;
  /** Where it is looked for, for messages. */
  readonly name: string;
}

/** What starting a program depends on. */
export interface Starting {
  /** Arguments to put before a command so that it dies with this process; empty when the system has no way. */
  leash(): Promise<readonly string[]>;
  /** Left out: this process starts everything by itself. */
  readonly runner?: Runner;
}

interface Errand {
  readonly job: Job;
  /** The command that the job comes to, without a leash. */
  readonly command: readonly string[];
  readonly clock: Clock;
}

/** How to start the program of a job: by the runner, where there is one. */
export async function launcher(machine: Starting, { job, command, clock }: Errand): Promise<Launch> {
  const { runner } = machine;
  return runner?.expected() ? runner.launch(job) : launchHere([...(await machine.leash()), ...command], clock);
}

/** A grandchild that left the group may hold the pipes open; it gets this long after the program's own end. */
const PIPE_GRACE: Millis = 1000;

/** Starts a command as a child of this process, in a process group of its own: what is typed at a terminal (Ctrl-C) is for us to pass on. */
export function launchHere(command: readonly string[], clock: Clock): Launch {
  return (takers) => {
    const child = start(command);
    if (typeof child === 'string') return neverStarted(child);
    child.stdout?.on('data', (chunk: Buffer) => takers.out(chunk));
    child.stderr?.on('data', (chunk: Buffer) => takers.err(chunk));
    let paused = false;
    return {
      kill: (signal) => killGroup(child.pid, signal),
      pause(wish) {
        paused = wish;
        for (const stream of [child.stdout, child.stderr])
          if (wish) stream?.pause();
          else stream?.resume();
      },
      end: endOf(child, clock, () => paused),
    };
  };
}

export function neverStarted(startFailure: string): Launched {
  return { kill() {}, pause() {}, end: Promise.resolve({ code: null, signal: null, startFailure }) };
}

/** A program whose start takes a while; one that is to end before that is not started at all. */
export function launchLater(starting: Promise<() => Launched>): Launched {
  let launched: Launched | null = null;
  let ended = false;
  let paused = false;
  const run = async (): Promise<RunEnd> => {
    const begin = await starting;
    launched = ended ? neverStarted('it was ended before it began') : begin();
    if (paused) launched.pause(true);
    return launched.end;
  };
  return {
    kill(signal) {
      launched?.kill(signal);
      ended ||= signal === 'SIGTERM' || signal === 'SIGKILL';
    },
    pause(wish) {
      paused = wish;
      launched?.pause(wish);
    },
    end: run(),
  };
}

/** tcpdump looks for no files where it stands, and may run for months: it stands at the root, as whatever runs for long does. */
const standing = <T>(command: readonly string[], begin: (path: string) => T): T =>
  command.some((word) => word.endsWith('tcpdump')) ? begin('/') : inEmptyFolder(begin);

function start(command: readonly string[]): ChildProcess | string {
  const [program = '', ...args] = command;
  try {
    return standing(command, (cwd) =>
      spawn(program, args, { cwd, env: PLAIN_ENVIRONMENT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  } catch (reason) {
    return String(reason);
  }
}

/** Waits for the exit and for the last of the output; whatever is left of the group dies at the exit. */
function endOf(child: ChildProcess, clock: Clock, isPaused: () => boolean): Promise<RunEnd> {
  return new Promise((resolve) => {
    child.on('error', (failure) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, startFailure: failure.message });
    });
    child.once('exit', () => {
      killGroup(child.pid, 'SIGKILL');
      const closed = new AbortController();
      child.once('close', () => closed.abort());
      void destroyLater(child, { clock, closed: closed.signal, isPaused });
    });
    child.once('close', (code, signal) => resolve({ code, signal, startFailure: null }));
  });
}

interface Leftover {
  readonly clock: Clock;
  readonly closed: AbortSignal;
  readonly isPaused: () => boolean;
}

/** What waits in a pipe that nobody reads just now is not lost. */
async function destroyLater(child: ChildProcess, { clock, closed, isPaused }: Leftover): Promise<void> {
  do await clock.sleep(PIPE_GRACE, closed);
  while (isPaused() && !closed.aborted);
  child.stdout?.destroy();
  child.stderr?.destroy();
}
