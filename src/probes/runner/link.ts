import type { Duplex } from 'node:stream';
import type { Clock, Millis, StopSignal } from '../../core/index.ts';
import type { Job } from '../jobs.ts';
import { type Launched, launchLater, neverStarted, type RunEnd, type Runner, type Takers } from '../processes/launch.ts';
import { bodyOf, createFrameReader, FRAME, type Frame, textFrame } from './frames.ts';
import { jobText } from './job-text.ts';

export interface LinkOptions {
  /** Opens a new connection; may fail later, as sockets do. */
  readonly open: () => Duplex;
  /** Where the runner is, for messages. */
  readonly name: string;
  readonly clock: Clock;
  /** Hears when the runner came or went. */
  readonly onTurn?: (there: boolean) => void;
}

export interface RunnerLink extends Runner {
  /** Waits until the runner is there, no longer than that; whether it is. */
  ready(patience: Millis): Promise<boolean>;
  close(): void;
}

/** Between two attempts: a runner that died is started again by whoever started it. */
const FIRST_WAIT: Millis = 50;
const LONGEST_WAIT: Millis = 5000;
/** So long after its death jobs wait for a runner to be back. */
const PATIENCE: Millis = 5000;

interface Waiting {
  readonly takers: Takers;
  readonly settle: (end: RunEnd) => void;
}

/** What is known of one connection. */
interface Line {
  readonly duplex: Duplex;
  readonly jobs: Map<number, Waiting>;
  paused: boolean;
}

/** How jobs get to the runner, and what it says of them comes back. Connects again by itself whenever the runner was gone. */
export function createRunnerLink({ open, name, clock, onTurn }: LinkOptions): RunnerLink {
  const over = new AbortController();
  let line: Line | null = null;
  let known = false;
  let next = 1;
  let gone: Millis = clock.monotonic();
  let turn = Promise.withResolvers<void>();
  const came = (made: Line): void => {
    line = made;
    known = true;
    turn.resolve();
    onTurn?.(true);
  };
  const went = (made: Line): void => {
    if (line === made) {
      line = null;
      gone = clock.monotonic();
      turn = Promise.withResolvers();
      onTurn?.(false);
    }
    for (const job of made.jobs.values()) job.settle({ code: null, signal: 'the death of the runner', startFailure: null });
    made.jobs.clear();
  };
  void stayConnected({ open, clock, over: over.signal, came, went });
  const ready = async (patience: Millis): Promise<boolean> => {
    if (line !== null || patience <= 0) return line !== null;
    const here = new AbortController();
    await Promise.race([turn.promise, clock.sleep(patience, here.signal)]);
    here.abort();
    return line !== null;
  };
  const order = (job: Job, takers: Takers): Launched => {
    if (line === null) return neverStarted(`the runner at ${name} does not answer`);
    return orderOn(line, job, { takers, number: next++ });
  };
  return {
    name,
    expected: () => known,
    ready,
    launch: (job) => (takers) => launchLater(ready(gone + PATIENCE - clock.monotonic()).then(() => () => order(job, takers))),
    close() {
      over.abort();
      line?.duplex.destroy();
    },
  };
}

interface Connecting {
  readonly open: () => Duplex;
  readonly clock: Clock;
  readonly over: StopSignal;
  readonly came: (line: Line) => void;
  readonly went: (line: Line) => void;
}

async function stayConnected({ open, clock, over, came, went }: Connecting): Promise<void> {
  let wait = FIRST_WAIT;
  while (!over.aborted) {
    const heard = await follow(open(), came, went);
    wait = heard ? FIRST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
    await clock.sleep(wait, over);
  }
}

/** Lives as long as one connection; whether the runner said anything. */
function follow(duplex: Duplex, came: Connecting['came'], went: Connecting['went']): Promise<boolean> {
  const made: Line = { duplex, jobs: new Map(), paused: false };
  let greeted = false;
  const reader = createFrameReader((frame) => {
    if (frame.kind === FRAME.hello && !greeted) {
      greeted = true;
      came(made);
    } else if (greeted) take(made, frame);
  });
  return new Promise((resolve) => {
    duplex.on('data', (chunk: Buffer) => {
      if (!reader.write(chunk)) duplex.destroy();
    });
    duplex.on('error', () => {}); // the close that follows tells all
    duplex.on('close', () => {
      went(made);
      resolve(greeted);
    });
  });
}

function take({ jobs }: Line, frame: Frame): void {
  const job = jobs.get(frame.job);
  if (frame.kind === FRAME.out) job?.takers.out(frame.body);
  else if (frame.kind === FRAME.err) job?.takers.err(frame.body);
  else if (frame.kind === FRAME.end) {
    jobs.delete(frame.job);
    job?.settle(endOf(bodyOf(frame)));
  }
}

/** What the runner says of an end; whatever makes no sense is no good end. */
function endOf(said: unknown): RunEnd {
  const { code, signal, startFailure } = (said ?? {}) as Partial<Record<keyof RunEnd, unknown>>;
  const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 300) : null);
  return { code: Number.isInteger(code) ? (code as number) : null, signal: text(signal), startFailure: text(startFailure) };
}

function orderOn({ duplex, jobs }: Line, job: Job, { takers, number }: { takers: Takers; number: number }): Launched {
  const { promise: end, resolve } = Promise.withResolvers<RunEnd>();
  jobs.set(number, { takers, settle: resolve });
  duplex.write(textFrame(FRAME.job, number, jobText(job)));
  return {
    kill: (signal) => {
      if (jobs.has(number)) duplex.write(textFrame(FRAME.signal, number, signal));
    },
    pause() {}, // whoever takes what the runner says takes it at once
    end,
  };
}
