import type { Change, DeviceId, Instant, Json, Millis, Store } from '../core/index.ts';

/** A stretch of time in which a target could not be seen. */
interface Blindness {
  readonly since: Instant;
  /** null while it lasts. */
  readonly until: Instant | null;
  readonly cause: string;
  readonly code: string | null;
  /** The device that the cause is about. */
  readonly device: DeviceId | null;
}

/** A target as the vigil needs it: its text, and how long its devices may keep quiet. */
export interface Watched {
  readonly text: string;
  readonly window: Millis;
}

/** Blindness for less than this share of the window leaves enough of it watched. */
const SHARE = 1 / 3;

/** Since when we have been watching without a break, as a whole and each target: time nobody watched is no absence. */
export class Vigil {
  readonly #blindness = new Map<string, Blindness>();
  #since: Instant | null = null;

  /** Remembers which targets were blind when the last process ended, so that nothing is told twice. */
  async recall(store: Store): Promise<void> {
    const newest = await store.changes({ kinds: ['vantage.blind', 'vantage.restored'], newestFirst: true, limit: 1000 });
    this.note(newest.toReversed());
  }

  /** Watching begins, or begins anew after time passed unwatched; what was before does not count. */
  begin(now: Instant): void {
    this.#since = now;
    for (const [text, known] of this.#blindness) {
      if (known.until === null) this.#blindness.set(text, { ...known, since: now });
      else this.#blindness.delete(text);
    }
  }

  /** Takes note of what was committed, and only of that: a change that the store refused was never told. */
  note(changes: readonly Change[]): void {
    for (const { kind, after, at } of changes) {
      const text = textIn(after?.target);
      const known = this.#blindness.get(text);
      if (kind === 'vantage.blind')
        this.#blindness.set(text, { since: known?.until === null ? known.since : at, until: null, ...causeIn(after?.cause) });
      if (kind === 'vantage.restored' && known) this.#blindness.set(text, { ...known, until: at });
    }
  }

  /** Why a target cannot be seen; null when it can. */
  blindBy(text: string): string | null {
    const known = this.#blindness.get(text);
    return known?.until === null ? known.cause : null;
  }

  /** The code of that cause. */
  codeOf(text: string): string | null {
    const known = this.#blindness.get(text);
    return known?.until === null ? known.code : null;
  }

  /** That it was taken for another network, and which device was the gateway of ours; undefined when it was not. */
  elsewhere(text: string): { readonly former: DeviceId | null } | undefined {
    const known = this.#blindness.get(text);
    return known?.until === null && known.code === 'other-network' ? { former: known.device } : undefined;
  }

  /** Since when it cannot be seen; null when it can. */
  blindSince(text: string): Instant | null {
    const known = this.#blindness.get(text);
    return known?.until === null ? known.since : null;
  }

  /** When its last blindness ended, and the code of what it was by; null: it lasts, or there was none since watching began. */
  restored(text: string): { readonly until: Instant; readonly code: string | null } | null {
    const known = this.#blindness.get(text);
    return known && known.until !== null ? { until: known.until, code: known.code } : null;
  }

  /** Since when these targets have been watched without a break, asked at a moment; null while no schedule is kept. */
  since(targets: readonly Watched[], at: Instant): Instant | null {
    const whole = this.#since;
    return whole === null ? null : Math.max(whole, ...targets.map((target) => this.#brokenUntil(target, at) ?? whole));
  }

  #brokenUntil({ text, window }: Watched, at: Instant): Instant | null {
    const known = this.#blindness.get(text);
    const until = known?.until ?? at;
    return known && until - known.since >= window * SHARE ? until : null;
  }
}

function causeIn(cause: Json | undefined): Pick<Blindness, 'cause' | 'code' | 'device'> {
  const known = typeof cause === 'object' && cause !== null && 'text' in cause && 'code' in cause ? cause : null;
  const text = textIn(known?.text);
  const device = known && 'device' in known ? known['device'] : null;
  return {
    cause: text === '' ? 'the cause is not known' : text,
    code: known && textIn(known.code),
    device: typeof device === 'number' ? device : null,
  };
}

/** Text in a side of a change; empty when there is none. */
export const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
