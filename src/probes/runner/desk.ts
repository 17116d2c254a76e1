import type { Duplex } from 'node:stream';
import type { Millis } from '../../core/index.ts';
import { type Launched, launchLater, type RunEnd } from '../processes/launch.ts';
import { bodyOf, createFrameReader, FRAME, type Frame, frameBytes, textFrame } from './frames.ts';
import { prepared, type StartOptions } from './prepared.ts';

interface DeskOptions extends StartOptions {
  /** Whether no more programs may be started. */
  readonly isFull: () => boolean;
}

/** One connection with its jobs: they live as long as it does. */
export interface Desk {
  readonly jobs: number;
  end(): void;
  /** All of its programs are gone. */
  readonly closed: Promise<void>;
}

/** A frame that has begun must end by then. */
const SLOWEST: Millis = 10_000;
/** Signals that may be asked for. */
const SIGNALS = new Set(['SIGTERM', 'SIGKILL', 'SIGCONT', 'SIGUSR1']);

export function createDesk(connection: Duplex, options: DeskOptions): Desk {
  const jobs = new Map<number, Launched>();
  const over = new AbortController();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const send = (bytes: Uint8Array): void => {
    if (!connection.destroyed && !connection.write(bytes)) pauseAll(true);
  };
  /** Whoever does not read what is said gets no more of it, and is not listened to meanwhile. */
  const pauseAll = (paused: boolean): void => {
    for (const job of jobs.values()) job.pause(paused);
    if (paused) connection.pause();
    else connection.resume();
  };
  const finish = (number: number, end: RunEnd): void => {
    jobs.delete(number);
    send(textFrame(FRAME.end, number, end));
    if (over.signal.aborted && jobs.size === 0) resolve();
  };
  const begin = (number: number, order: unknown): void => {
    const tell = (kind: Frame['kind']) => (body: Uint8Array) => send(frameBytes({ kind, job: number, body }));
    const launched = launchLater(prepared(order, { options, takers: { out: tell(FRAME.out), err: tell(FRAME.err) } }));
    jobs.set(number, launched);
    if (connection.writableNeedDrain) launched.pause(true);
    void launched.end.then((end) => finish(number, end));
  };
  const take = (frame: Frame): void => {
    if (over.signal.aborted) return;
    patience(false);
    if (frame.kind === FRAME.signal) return signalTo(jobs.get(frame.job), bodyOf(frame));
    if (frame.kind !== FRAME.job || frame.job === 0 || jobs.has(frame.job)) return end();
    if (options.isFull()) return send(textFrame(FRAME.end, frame.job, FULL));
    begin(frame.job, bodyOf(frame));
  };
  const end = (): void => {
    over.abort();
    connection.destroy();
    for (const job of jobs.values()) job.kill('SIGKILL');
    if (jobs.size === 0) resolve();
  };
  const reader = createFrameReader(take);
  const patience = createPatience(end);
  connection.on('data', (chunk: Buffer) => {
    if (!reader.write(chunk)) end();
    patience(reader.halfway && !over.signal.aborted);
  });
  connection.on('drain', () => pauseAll(false));
  connection.on('error', () => {}); // the close that follows ends all
  connection.on('close', () => {
    patience(false);
    end();
  });
  send(textFrame(FRAME.hello, 0, { pid: process.pid }));
  return {
    get jobs() {
      return jobs.size;
    },
    end,
    closed,
  };
}

/** Calls back when what has begun does not end in time. */
function createPatience(giveUp: () => void): (waiting: boolean) => void {
  let timer: NodeJS.Timeout | undefined;
  return (waiting) => {
    if (waiting) timer ??= setTimeout(giveUp, SLOWEST);
    else {
      clearTimeout(timer);
      timer = undefined;
    }
  };
}

function signalTo(job: Launched | undefined, name: unknown): void {
  if (typeof name === 'string' && SIGNALS.has(name)) job?.kill(name as NodeJS.Signals);
}

const FULL: RunEnd = { code: null, signal: null, startFailure: 'the runner refused: too many programs run already' };
