import type { Clock, Millis, StopSignal } from '../../src/core/index.ts';

interface Sleeper {
  readonly due: Millis;
  readonly wake: () => void;
}

/** Lets everything that waits for nothing but promises, and now and then gives way to others, go as far as it can. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that only tests move: wall and steady time run together in `pass`, and apart in the rest. */
export class ManualClock implements Clock {
  #wall: number;
  #steady = 1000.25; // like performance.now, no whole number
  #sleepers: Sleeper[] = [];

  constructor(wall: number) {
    this.#wall = wall;
  }

  now(): number {
    return this.#wall;
  }
  monotonic(): Millis {
    return this.#steady;
  }
  get sleepers(): number {
    return this.#sleepers.length;
  }

  sleep(length: Millis, signal?: StopSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const rouse = (): void => this.#rouse(sleeper);
      const wake = (): void => {
        signal?.removeEventListener('abort', rouse);
        resolve();
      };
      const sleeper = { due: this.#steady + length, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', rouse, { once: true });
    });
  }

  /** Time passes as it should: everybody is woken when due, in order, and does what it does before it goes on. */
  async pass(length: Millis): Promise<void> {
    await settle();
    const end = this.#steady + length;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#move(Math.max(0, next.due - this.#steady));
      this.#rouse(next);
      await settle();
    }
    this.#move(end - this.#steady);
    await settle();
  }

  /** The wall clock is set; no time passes. */
  set(by: Millis): void {
    this.#wall += by;
  }

  /** The machine sleeps: only the wall clock goes on. */
  suspend(length: Millis): void {
    this.#wall += length;
  }

  /** The process is stopped (SIGSTOP): both clocks go on, nobody is woken until it continues. */
  async stopProcess(length: Millis): Promise<void> {
    this.#move(length);
    await this.pass(0);
  }

  #move(length: Millis): void {
    this.#wall += length;
    this.#steady += length;
  }

  #next(end: Millis): Sleeper | undefined {
    const [first] = this.#sleepers.toSorted((a, b) => a.due - b.due);
    return first && first.due <= end ? first : undefined;
  }

  #rouse(sleeper: Sleeper): void {
    this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
    sleeper.wake();
  }
}
