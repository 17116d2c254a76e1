import type { Allowance, Clock, Millis } from '../../core/index.ts';
import type { Job } from '../jobs.ts';
import type { Machine } from '../machine/machine.ts';
import { type Launched, launchHere, neverStarted, type Takers } from '../processes/launch.ts';
import { commandOf, missingTool } from './command-of.ts';
import { readJob } from './job-text.ts';
import { judgeJob } from './judge-job.ts';

export interface StartOptions {
  readonly machine: Machine;
  readonly clock: Clock;
  /** What the runner's own config allows beyond the usual scope, as it is now. */
  readonly allowances: () => readonly Allowance[];
  /** The program for a kind of job; null: there is none. */
  readonly toolOf: (kind: Job['kind']) => Promise<string | null>;
  /** Hears what was refused, and why. */
  readonly log: (text: string) => void;
}

/** A run that nobody ends is ended so long after its own time. */
const LATE: Millis = 15_000;

interface Preparing {
  readonly options: StartOptions;
  readonly takers: Takers;
}

/** How to start what an order asks for, if it may. Never rejects. */
export async function prepared(order: unknown, { options, takers }: Preparing): Promise<() => Launched> {
  const { machine, clock, allowances, toolOf, log } = options;
  const refuse = (reason: string): (() => Launched) => {
    log(`refused a job: ${reason}`);
    return () => neverStarted(`the runner refused: ${reason}`);
  };
  try {
    const job = readJob(order);
    if (!job.ok) return refuse(job.reason);
    const refused = judgeJob(job.value, { links: await machine.links(), allowances: allowances(), now: clock.now() });
    if (refused !== null) return refuse(refused);
    const [tool, leash] = await Promise.all([toolOf(job.value.kind), machine.leash()]);
    if (tool === null) return () => neverStarted(missingTool(job.value.kind));
    return () => endingInTime(job.value, launchHere(commandOf(job.value, tool, leash), clock)(takers), options);
  } catch (reason) {
    return () => neverStarted(String(reason));
  }
}

function endingInTime(job: Job, launched: Launched, { clock }: Pick<StartOptions, 'clock'>): Launched {
  if (job.kind === 'capture') return launched;
  const done = new AbortController();
  void launched.end.then(() => done.abort());
  void clock.sleep(job.budget + LATE, done.signal).then(() => {
    if (!done.signal.aborted) launched.kill('SIGKILL');
  });
  return launched;
}
