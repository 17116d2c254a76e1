import { Worker } from 'node:worker_threads';
import type { Way } from './judge.ts';
import { sumOf, type Tally } from './tally.ts';

/** A mutant that was not taken as it should be. */
export interface Failed {
  readonly number: number;
  readonly story: string;
}

export interface HerdOptions {
  readonly ways: readonly Way[];
  readonly seed: number;
  /** Number of the first mutant. */
  readonly from: number;
  readonly count: number;
  readonly workers: number;
  /** Called about once a second. */
  progress?(done: number): void;
  /** Called for each mutant that fails, at once. */
  onFailed?(failed: Failed): void;
}

export interface HerdResult extends Tally {
  readonly done: number;
  readonly failed: readonly Failed[];
  /** Milliseconds that the slowest took. */
  readonly slowest: Failed & { readonly ms: number };
}

/** What a worker tells when it is through. */
export interface WorkerReport extends Tally {
  readonly failed: readonly Failed[];
  readonly slowest: HerdResult['slowest'];
}

export interface WorkerJob extends Pick<HerdOptions, 'ways' | 'seed' | 'from' | 'count'> {
  readonly step: number;
  /** Where the worker writes what it has at hand: the number of the mutant, and how many are done. */
  readonly state: Int32Array;
}

/** A worker that stays with one mutant for so long will never be through with it. */
const PATIENCE = 15_000;

/** Has mutants judged by several workers at once. */
export async function judgeMutants(options: HerdOptions): Promise<HerdResult> {
  const states = Array.from({ length: options.workers }, () => new Int32Array(new SharedArrayBuffer(8)));
  const done = (): number => states.reduce((sum, state) => sum + Atomics.load(state, 1), 0);
  const told = setInterval(() => options.progress?.(done()), 1000);
  try {
    const reports = await Promise.all(states.map((state, place) => runWorker(jobOf(options, place, state), options)));
    return { ...sumOf(reports), done: done(), ...worstOf(reports) };
  } finally {
    clearInterval(told);
  }
}

function jobOf({ ways, seed, from, count, workers }: HerdOptions, place: number, state: Int32Array): WorkerJob {
  return { ways, seed, from: from + place, count: count - place, step: workers, state };
}

function runWorker(job: WorkerJob, { onFailed }: Pick<HerdOptions, 'onFailed'>): Promise<WorkerReport> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job });
  return new Promise((resolve, reject) => {
    let [last, since] = [-1, performance.now()];
    const watch = setInterval(() => {
      const [number, now] = [Atomics.load(job.state, 0), performance.now()];
      if (number !== last) [last, since] = [number, now];
      else if (now - since > PATIENCE) {
        reject(new Error(`mutant ${number} of seed ${job.seed} hangs`));
        void worker.terminate();
      }
    }, 500);
    worker.on('message', (told: Failed | WorkerReport) => ('slowest' in told ? resolve(told) : onFailed?.(told))).on('error', reject);
    worker.on('exit', (code) => {
      clearInterval(watch);
      reject(new Error(`the worker ended with ${code} at mutant ${Atomics.load(job.state, 0)} of seed ${job.seed}`));
    });
  });
}

function worstOf(reports: readonly WorkerReport[]): Pick<HerdResult, 'failed' | 'slowest'> {
  return {
    failed: reports.flatMap(({ failed }) => failed),
    slowest: reports.map(({ slowest }) => slowest).reduce((a, b) => (a.ms > b.ms ? a : b)),
  };
}
