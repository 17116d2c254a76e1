import type { Clock, Instant, Millis, StopSignal } from '../../core/index.ts';
import { beat, type Desk, type Fits, type Terms, wakeAt } from '../../rules/index.ts';
import type { Log } from '../log.ts';
import type { Clerk } from './clerk.ts';

export interface ClockworkParts {
  readonly clerk: Clerk;
  readonly clock: Clock;
  readonly log: Log;
  readonly terms: () => Terms;
  /** What devices fit by now. */
  readonly fits: (terms: Terms) => Promise<Fits>;
  /** Channels that are being told something: what waits for them needs nobody. */
  readonly busy: () => ReadonlySet<string>;
  /** Something may have become due to be sent. */
  readonly due: () => void;
}

/** Longest sleep while something waits for its time: the wall clock may be set, or the machine may have slept (R32, R34). */
const TICK: Millis = 5000;

/** The one timer of alerting: whatever waits for a moment is looked at when that comes. */
export class Clockwork {
  readonly #parts: ClockworkParts;
  /** The desk after the last beat, and when that was: what was due by then and still is waits for something else. */
  #beaten: { readonly desk: Desk | null; readonly at: Instant } | null = null;
  #wake = new AbortController();
  #changed = false;

  constructor(parts: ClockworkParts) {
    this.#parts = parts;
  }

  /** The desk is another one, and may need us at another time. */
  note(): void {
    this.#wake.abort();
  }

  /** What it is judged by is other than it was: what waits may have nothing to wait for any more. */
  look(): void {
    this.#changed = true;
    this.note();
  }

  async run(signal: StopSignal): Promise<void> {
    signal.addEventListener('abort', () => this.note(), { once: true });
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const length = this.#length();
      if (length === 0 && (await this.#beat(signal))) continue;
      if (length === null) await woken(this.#wake.signal);
      else await this.#parts.clock.sleep(length || TICK, this.#wake.signal);
    }
  }

  /** How long nothing needs us; null: until something happens. */
  #length(): Millis | null {
    const { clerk, clock, busy, log } = this.#parts;
    if (this.#changed || clerk.isLate) return 0;
    try {
      const at = clerk.desk && wakeAt(clerk.desk, busy());
      if (at === null) return null;
      const left = at - clock.now();
      if (left > 0) return Math.min(left, TICK);
      if (clerk.desk !== this.#beaten?.desk || at > this.#beaten.at) return 0;
    } catch (fault) {
      log.error({ fault: String(fault) }, 'nobody knows what is due');
      return TICK;
    }
    this.#beaten = null; // looked at again after a while
    return TICK;
  }

  /** Does what is due; false: it could not. */
  async #beat(signal: StopSignal): Promise<boolean> {
    const { clerk, clock, terms, due } = this.#parts;
    this.#changed = false;
    const fits = await this.#fits();
    const at = clock.now();
    const done = await clerk.surely((desk, now) => beat(desk, { terms: terms(), now, fits }), signal);
    this.#beaten = { desk: clerk.desk, at };
    due();
    return done;
  }

  /** Where nobody can say, nothing fits: better reminded once too often. */
  async #fits(): Promise<Fits> {
    const { fits, terms, log } = this.#parts;
    try {
      return await fits(terms());
    } catch (fault) {
      log.warn({ fault: String(fault) }, 'what mutes and maintenance cover could not be found out');
      return () => false;
    }
  }
}

const woken = (signal: StopSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
