// Judges every `step`th mutant; tells of each that fails, and of all at the end.
import { parentPort, workerData } from 'node:worker_threads';
import type { Failed, HerdResult, WorkerJob, WorkerReport } from './herd.ts';
import { judge } from './judge.ts';
import { type Mutant, mutantOf } from './mutant.ts';
import { emptyTally } from './tally.ts';

/** No mutant may take longer. */
const MOST_MS = 1000;
/** So many failures say enough. */
const ENOUGH = 20;

const { ways, seed, from, count, step, state } = workerData as WorkerJob;
const tally = emptyTally();
const failed: Failed[] = [];
let slowest: HerdResult['slowest'] = { number: -1, story: '', ms: 0 };

const storyOf = ({ original, story }: Mutant): string => `${original.name}: ${story.join(', ')}`;

async function timeOf(mutant: Mutant): Promise<number> {
  const start = performance.now();
  await judge(mutant, ways, tally);
  return performance.now() - start;
}

async function take(mutant: Mutant): Promise<void> {
  let ms = await timeOf(mutant);
  // A machine that does something else for a second is no fault of ours: it has to be slow twice.
  if (ms > MOST_MS) ms = Math.min(ms, await timeOf(mutant));
  if (ms > slowest.ms) slowest = { number: mutant.number, story: storyOf(mutant), ms };
  if (ms > MOST_MS) throw new Error(`it took ${Math.round(ms)} ms`);
}

for (let number = from; number < from + count && failed.length < ENOUGH; number += step) {
  Atomics.store(state, 0, number);
  const mutant = mutantOf(seed, number);
  try {
    await take(mutant);
  } catch (thrown) {
    const one = { number, story: `${storyOf(mutant)}\n${thrown instanceof Error ? thrown.stack : String(thrown)}` };
    failed.push(one);
    parentPort?.postMessage(one, []);
  }
  Atomics.add(state, 1, 1);
}

parentPort?.postMessage({ ...tally, failed, slowest } satisfies WorkerReport, []);
