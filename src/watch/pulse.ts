import type { Clock, Millis } from '../core/index.ts';

/** Longest time between two beats while all is well. */
export const TICK: Millis = 5_000;
/** A beat later than this was no scheduling delay. */
const GAP: Millis = 15_000;

/**
 * Notices time in which nobody can have watched: the machine slept (only the wall clock moved), the process was
 * stopped (both clocks moved, no beat came), or the wall clock was set.
 */
export class Pulse {
  readonly #clock: Clock;
  #last: { readonly wall: number; readonly steady: number };

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = this.#now();
  }

  /** How far the wall clock moved beyond what can have been watched since the last beat; negative: set back; 0: all is well. */
  beat(): Millis {
    const now = this.#now();
    const watched = Math.min(TICK, now.steady - this.#last.steady);
    const gap = now.wall - this.#last.wall - watched;
    this.#last = now;
    return Math.abs(gap) < GAP ? 0 : gap;
  }

  #now(): { wall: number; steady: number } {
    return { wall: this.#clock.now(), steady: this.#clock.monotonic() };
  }
}
