import { createHash, timingSafeEqual } from 'node:crypto';
import type { Millis } from '../../core/index.ts';

/** Somebody is on the way to the provider. Everything that must come back as it went. */
export interface Transaction {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where the provider sends the browser back to. */
  readonly redirect: string;
  /** Path of ours that was asked for first. */
  readonly target: string;
}

interface Kept extends Transaction {
  readonly browser: Buffer;
  readonly source: string;
  readonly until: Millis;
}

export const LIFE = 600_000;
/** Of one source; one more, and its own oldest is over. */
export const MOST_OF_ONE = 50;
/** Of all; who comes then is told to try again. */
export const MOST = 1000;

/** Who begins it: the secret of a browser, and where from. */
export interface Beginner {
  readonly browser: string;
  readonly source: string;
}

/** Who is on the way, in memory: each for ten minutes, for one return, by the browser that began it. */
export class Transactions {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => Millis;

  /** `now`: a clock that never goes back. */
  constructor(now: () => Millis) {
    this.#now = now;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** False: too many are on the way. */
  begin(transaction: Transaction, { browser, source }: Beginner): boolean {
    this.#dropOver();
    const own = [...this.#kept.values()].filter((kept) => kept.source === source);
    if (own.length >= MOST_OF_ONE && own[0]) this.#kept.delete(own[0].state);
    if (this.#kept.size >= MOST) return false;
    this.#kept.set(transaction.state, { ...transaction, browser: digest(browser), source, until: this.#now() + LIFE });
    return true;
  }

  /** The one with that state, which is over with this; null: none that this browser began. Another's is left to whoever began it. */
  take(state: string, browser: string): Transaction | null {
    this.#dropOver();
    const kept = this.#kept.get(state);
    if (!kept || !timingSafeEqual(kept.browser, digest(browser))) return null;
    this.#kept.delete(state);
    return kept;
  }

  /** They were begun in the order they are kept in. */
  #dropOver(): void {
    const now = this.#now();
    for (const [state, { until }] of this.#kept) {
      if (until > now) return;
      this.#kept.delete(state);
    }
  }
}

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
