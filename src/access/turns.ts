import { Fault } from '../core/index.ts';

export interface Width {
  /** Pieces of work at once. */
  readonly atOnce: number;
  /** How many may wait; whoever comes then is sent away. */
  readonly waiting: number;
}

/** Lets a few pieces of work run at once; some others wait in the order they came. Fault 'unavailable' when too many wait. */
export class Turns {
  readonly #queue: (() => void)[] = [];
  readonly #waiting: number;
  #free: number;

  constructor({ atOnce, waiting }: Width) {
    this.#free = atOnce;
    this.#waiting = waiting;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await this.#wait();
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free++;
    }
  }

  #wait(): Promise<void> {
    if (this.#queue.length >= this.#waiting)
      throw new Fault('unavailable', `checking a password: ${this.#queue.length} others wait already`, 'try again in a few seconds');
    return new Promise((go) => this.#queue.push(go));
  }
}
