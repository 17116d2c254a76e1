import type { Cause, Clock, Millis, StopSignal } from '../../core/index.ts';
import type { Launch, Launched, RunEnd } from './launch.ts';

/** What listens to one run of a program. */
export interface Attendant {
  /** Gets standard output; false ends the run, because what comes makes no sense. */
  read(chunk: Uint8Array): boolean;
  /** Gets standard error. */
  complain(chunk: Uint8Array): void;
  /** Why the run ended, which nobody had asked for. */
  why(end: RunEnd): Cause;
}

export interface Endless {
  readonly launch: Launch;
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
  const launched = endless.launch({
    out: (chunk) => {
      if (!attendant.read(chunk)) launched.kill('SIGKILL');
    },
    err: (chunk) => attendant.complain(chunk),
  });
  const attendant = endless.attend({ kill: launched.kill, over: over.signal });
  const stop = (): void => stopSoftly(launched, endless.clock, over.signal);
  endless.signal.addEventListener('abort', stop, { once: true });
  const end = await launched.end;
  over.abort();
  endless.signal.removeEventListener('abort', stop);
  return attendant.why(end);
}

function stopSoftly({ kill }: Launched, clock: Clock, over: AbortSignal): void {
  kill('SIGTERM');
  // A stopped process does not look at its mail.
  kill('SIGCONT');
  void clock.sleep(GRACE, over).then(() => {
    if (!over.aborted) kill('SIGKILL');
  });
}
