import type { Clock, Millis, StopSignal } from '../../core/index.ts';

/** Why we ended a run ourselves. */
export type Ended = 'stopped' | 'over-budget' | 'unreadable';

export interface Termination {
  /** The first cause given; null while nothing ended the run. */
  cause(): Ended | null;
  begin(cause: Ended): void;
  atBudget(budget: Millis): void;
  onStop(signal: StopSignal): void;
}

interface Ending {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly clock: Clock;
  readonly over: AbortSignal;
}

/** How long a process may take to obey SIGTERM before SIGKILL. */
const GRACE: Millis = 5000;

/**
 * The ways of ending a run. `over` fires when the process is gone; all waiting stops then. SIGCONT follows SIGTERM
 * because a stopped process (SIGSTOP) does not look at its mail otherwise.
 */
export function createTermination({ kill, clock, over }: Ending): Termination {
  let first: Ended | null = null;
  const begin = (cause: Ended): void => {
    if (first !== null || over.aborted) return;
    first = cause;
    kill('SIGTERM');
    kill('SIGCONT');
    void clock.sleep(GRACE, over).then(() => {
      if (!over.aborted) kill('SIGKILL');
    });
  };
  return {
    cause: () => first,
    begin,
    atBudget: (budget) => void clock.sleep(budget, over).then(() => begin('over-budget')),
    onStop(signal) {
      const stop = (): void => begin('stopped');
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      over.addEventListener('abort', () => signal.removeEventListener('abort', stop), { once: true });
    },
  };
}
