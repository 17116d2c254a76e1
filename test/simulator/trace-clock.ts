import type { Clock, Instant, Millis } from '../../src/core/index.ts';

/** So often the keeper's scheduler feels the pulse of the clocks. */
const BEAT: Millis = 5000;

/** Time as a trace tells it. Nobody sleeps in it: whoever would wait goes on at once. */
export class TraceClock implements Clock {
  #at: Instant;
  #steady: Millis = 0;
  /** How far the wall clock is wrong. */
  shift: Millis = 0;

  constructor(at: Instant) {
    this.#at = at;
  }

  now = (): Instant => Math.round(this.#at + this.shift);
  monotonic = (): Millis => this.#steady;
  sleep = async (): Promise<void> => {};

  /** Time passes and is felt to pass. */
  passTo(at: Instant, beat: () => void): void {
    while (this.#at < at) {
      const step = Math.min(BEAT, at - this.#at);
      this.#at += step;
      this.#steady += step;
      beat();
    }
  }

  /** The machine sleeps until then. */
  sleepTo(at: Instant): void {
    this.#at = Math.max(this.#at, at);
  }
}
