import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, StopSignal } from '../../src/core/index.ts';

/** The real clock, its sleeps `speed` times shorter: grace periods of seconds pass in tenths. */
export function fastClock(speed = 1): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now() * speed,
    sleep: (length: number, signal?: StopSignal) => {
      // A timer takes 31 bits of milliseconds; more would fire at once.
      const delay = Math.min(length / speed, 2 ** 31 - 1);
      return wait(delay, undefined, { ref: false, ...(signal === undefined ? {} : { signal: signal as AbortSignal }) }).catch(() => {});
    },
  };
}

/** Waits until something is so, at most for `limit` milliseconds; tells whether it came true. */
export async function comesTrue(probe: () => boolean, limit: number): Promise<boolean> {
  const until = performance.now() + limit;
  while (performance.now() < until) {
    if (probe()) return true;
    await wait(20);
  }
  return probe();
}
