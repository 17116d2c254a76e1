import type { Clock, Millis, StopSignal } from '../../core/index.ts';
import { createComplaints } from './complaints.ts';
import type { Launch, RunEnd } from './launch.ts';
import { createTermination, type Ended } from './terminate.ts';

export interface ToolRun {
  readonly launch: Launch;
  readonly budget: Millis;
  readonly clock: Clock;
  readonly signal: StopSignal;
  /** Gets standard output as it comes. When it throws, the run is ended as unreadable. */
  readonly read: (chunk: Uint8Array) => void;
}

/** How the process ended, before anybody judges what it said. */
export interface ProcessEnd extends RunEnd {
  /** What we did to end it, if anything; the first cause wins. */
  readonly ended: Ended | null;
  /** Its standard error, line by line, cleaned and capped. */
  readonly complaints: readonly string[];
  /** Targets it said it found no route to. */
  readonly unrouted: number;
}

/** Runs one tool. Resolves when it is gone, whatever happened; never rejects. */
export async function runTool(run: ToolRun): Promise<ProcessEnd> {
  const over = new AbortController();
  const complaints = createComplaints();
  const launched = run.launch({
    out: (chunk) => readOr(run.read, chunk, () => termination.begin('unreadable')),
    err: (chunk) => complaints.write(chunk),
  });
  const termination = createTermination({ kill: launched.kill, clock: run.clock, over: over.signal });
  termination.atBudget(run.budget);
  termination.onStop(run.signal);
  const end = await launched.end;
  over.abort();
  return { ...end, ended: termination.cause(), ...complaints.finish() };
}

function readOr(read: (chunk: Uint8Array) => void, chunk: Uint8Array, failed: () => void): void {
  try {
    read(chunk);
  } catch {
    failed();
  }
}
