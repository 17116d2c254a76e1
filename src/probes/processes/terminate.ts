import type { Clock, Millis, StopSignal } from '../../core/index.ts';
import { killGroup } from './kill-group.ts';

/** Why we ended a run ourselves. */
export type Ended = 'stopped' | 'over-budget' | 'unreadable';

export interface Termination {
  /** The first cause given; null while nothing ended the run. */
  cause(): Ended | null;
  begin(cause: Ended): void;
  atBudget(budget: Millis): void;
  onStop(signal: StopSignal): void;
}

/** How long a process may take to obey SIGTERM before SIGKILL. */
const GRACE: Millis = 5000;

/**
 * The ways of ending a run. `over` fires when the process is gone; all waiting stops then. SIGCONT follows SIGTERM
 * because a stopped process (SIGSTOP) does not look at its mail otherwise.
 */
export function createTermination({ pid, clock, over }: { pid: number | undefined; clock: Clock; over: AbortSignal }): Termination {
  let first: Ended | null = null;
  const begin = (cause: Ended): void => {
    if (first !== null || over.aborted) return;
    first = cause;
    killGroup(pid, 'SIGTERM');
    killGroup(pid, 'SIGCONT');
    void clock.sleep(GRACE, over).then(() => {
      if (!over.aborted) killGroup(pid, 'SIGKILL');
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
