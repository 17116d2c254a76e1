import type { Clock, Instant, Millis, StopSignal } from '../core/index.ts';

interface Sleeper {
  readonly due: Millis;
  readonly wake: () => void;
}

/** What drives it: the wall clock of this machine, its steady clock and its timers. */
export interface Drive {
  now(): Instant;
  monotonic(): Millis;
  /** Calls back after the time has passed; what is returned takes that back. */
  after(length: Millis, then: () => void): () => void;
  /** Resolves when all that waits for nothing but promises has gone as far as it can. */
  settled(): Promise<void>;
}

/**
 * A clock that runs through the past as fast as whoever sleeps by it can follow, one sleeper after the other, and is the clock of
 * this machine from the moment on when the past is over. No sleeper is woken before all that the one before it began is done.
 */
export class LapseClock implements Clock {
  readonly #drive: Drive;
  /** null: the past is over. */
  #past: { wall: Instant; steady: Millis } | null;
  /** What is added to the steady clock of this machine, so that it never runs backwards. */
  #ahead: Millis = 0;
  #sleepers: Sleeper[] = [];
  #timers = new Map<Sleeper, () => void>();
  #held: Promise<unknown> | null = null;

  constructor(from: Instant, drive: Drive) {
    this.#drive = drive;
    this.#past = { wall: from, steady: 0 };
  }

  now(): Instant {
    return this.#past?.wall ?? this.#drive.now();
  }

  monotonic(): Millis {
    return this.#past?.steady ?? this.#drive.monotonic() + this.#ahead;
  }

  get isLive(): boolean {
    return this.#past === null;
  }

  sleep(length: Millis, signal?: StopSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const rouse = (): void => this.#rouse(sleeper);
      const wake = (): void => {
        signal?.removeEventListener('abort', rouse);
        resolve();
      };
      const sleeper = { due: this.monotonic() + Math.max(0, length), wake };
      signal?.addEventListener('abort', rouse, { once: true });
      this.#enter(sleeper);
    });
  }

  /** Nobody is woken in the past while this is under way: a file is written, a socket waited for. */
  async holding<T>(work: Promise<T>): Promise<T> {
    const held = Promise.allSettled([this.#held, work]);
    this.#held = held;
    try {
      return await work;
    } finally {
      if (this.#held === held) this.#held = null;
    }
  }

  /** Runs through the past until it has caught up with this machine's clock; then it is that. Ends early when the signal stops. */
  async lapse(signal: StopSignal, told: (at: Instant) => void = () => {}): Promise<void> {
    await this.#settle();
    for (let past = this.#past; past !== null && !signal.aborted; past = this.#past) {
      const next = this.#sleepers[0];
      const left = this.#drive.now() - past.wall;
      const wait = next === undefined ? Number.POSITIVE_INFINITY : Math.max(0, next.due - past.steady);
      if (next === undefined || wait > left) return this.#goLive(past);
      past.wall += wait;
      past.steady += wait;
      told(past.wall);
      this.#rouse(next);
      await this.#settle();
    }
  }

  #goLive({ steady, wall }: { readonly wall: Instant; readonly steady: Millis }): void {
    // Steady time goes on where wall time does: whoever compares the two finds no gap.
    this.#ahead = steady + Math.max(0, this.#drive.now() - wall) - this.#drive.monotonic();
    this.#past = null;
    const waiting = this.#sleepers;
    this.#sleepers = [];
    for (const sleeper of waiting) this.#enter(sleeper);
  }

  #enter(sleeper: Sleeper): void {
    if (this.#past === null) {
      const cancel = this.#drive.after(sleeper.due - this.monotonic(), () => this.#rouse(sleeper));
      this.#timers.set(sleeper, cancel);
      return;
    }
    const at = this.#sleepers.findIndex(({ due }) => due > sleeper.due);
    this.#sleepers.splice(at === -1 ? this.#sleepers.length : at, 0, sleeper);
  }

  #rouse(sleeper: Sleeper): void {
    this.#timers.get(sleeper)?.();
    this.#timers.delete(sleeper);
    const at = this.#sleepers.indexOf(sleeper);
    if (at !== -1) this.#sleepers.splice(at, 1);
    sleeper.wake();
  }

  async #settle(): Promise<void> {
    await this.#drive.settled();
    while (this.#held !== null) {
      await this.#held;
      await this.#drive.settled();
    }
  }
}
