import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../core/index.ts';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(length, signal) {
    if (signal?.aborted) return;
    // Ending a sleep early is its purpose, not a failure.
    await wait(length, undefined, { signal: signal as AbortSignal }).catch(() => {});
  },
};
