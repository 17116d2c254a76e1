import { type AuditEntry, type Caller, type Millis, untrusted } from '../core/index.ts';
import type { Recorded } from './access.ts';
import type { Desk } from './desk.ts';
import type { AccessParts } from './parts.ts';

/** Longest texts that are kept. */
const CAP = { who: 160, from: 64, operation: 64, named: 256 } as const;

/** Strangers who are refused must not fill the store: so many are kept in so long, of the rest only how many there were. */
const STRANGERS = 60;
const WINDOW: Millis = 60_000;

/** Keeps who did what, and who was refused. */
export class Auditor {
  readonly #parts: AccessParts;
  readonly #desk: Desk;
  #window = { since: Number.NEGATIVE_INFINITY, count: 0 };

  constructor(parts: AccessParts, desk: Desk) {
    this.#parts = parts;
    this.#desk = desk;
  }

  /** Resolves when it is kept, or could not be: what was done stays done. */
  async record(recorded: Recorded): Promise<void> {
    const missed = recorded.caller.proof === 'nothing' && recorded.outcome !== 'done' ? this.#admit() : 0;
    if (missed === null) return;
    if (missed > 0) await this.#keep({ ...recorded, named: `${missed} more refusals within a minute`, operation: 'access.refused' });
    await this.#keep(recorded);
  }

  /** How many were left out before this one; null: it is left out, too. */
  #admit(): number | null {
    const now = this.#parts.clock.monotonic();
    if (now - this.#window.since < WINDOW) return ++this.#window.count > STRANGERS ? null : 0;
    const missed = Math.max(0, this.#window.count - STRANGERS);
    this.#window = { since: now, count: 1 };
    return missed;
  }

  async #keep({ caller, operation, named, outcome }: Recorded): Promise<void> {
    const { store, clock, log } = this.#parts;
    const what = { operation: untrusted(operation, CAP.operation), named: untrusted(named, CAP.named), outcome };
    const entry: Omit<AuditEntry, 'id'> = { at: clock.now(), ...whoOf(caller), ...what };
    try {
      await this.#desk.inTurn((lease) => store.addAudit(entry, lease));
    } catch (fault) {
      log.warn({ ...entry, fault: String(fault) }, 'what was done could not be kept in the audit');
    }
  }
}

const whoOf = ({ name, user, proof, from }: Caller): Pick<AuditEntry, 'who' | 'user' | 'proof' | 'from'> => ({
  who: name === null ? null : untrusted(name, CAP.who),
  user,
  proof,
  from: from === null ? null : untrusted(from, CAP.from),
});
