import type { Clock, Instant, Millis } from '../core/index.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';

/** How often it is asked at most: commits come by the dozen. */
const PAUSE: Millis = 60_000;

/** Tells of approvals that expire. It is asked after commits and now and then, so that no clock of its own has to run. */
export class Expiries {
  readonly #parts: { readonly clock: Clock; readonly log: Log; readonly ledger: Ledger };
  #lookedAt: Instant | null = null;

  constructor({ clock, log, ledger }: { readonly clock: Clock; readonly log: Log; readonly ledger: Ledger }) {
    this.#parts = { clock, log, ledger };
  }

  /** What could not be told is told the next time: the store knows what was. */
  look(): void {
    const { clock, log, ledger } = this.#parts;
    const now = clock.now();
    if (this.#lookedAt !== null && Math.abs(now - this.#lookedAt) < PAUSE) return;
    this.#lookedAt = now;
    ledger
      .expire(Math.max(now, ledger.at ?? 0))
      .catch((fault: unknown) => log.error({ fault: String(fault) }, 'expired approvals could not be told'));
  }
}
