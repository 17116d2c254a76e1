import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Delivery, Instant, Notification, Rule, Verdict } from '../../core/index.ts';
import {
  beat,
  type ChannelTerms,
  type Desk,
  deskOf,
  type Fits,
  type Happening,
  judge,
  nextTo,
  type Step,
  settle,
  type Terms,
  wakeAt,
} from '../../rules/index.ts';
import type { Backtest } from '../alerts-asked.ts';

/** Where nobody can be told yet it still shows what would be. */
const SOMEBODY: ChannelTerms = {
  name: 'somebody',
  usual: true,
  quiet: null,
  ceiling: 3,
  ttl: 3 * 86_400_000,
  fallback: null,
  edits: false,
};

/** Most that are sent: with reminders each minute a month would have no end. */
const MOST_SENT = 2000;
/** Most that may happen between two changes: each beat does something, or is the last. */
const MOST_BEATS = 100_000;
/** Beats in a row, in which nobody else gets a turn. */
const BEATS_AT_ONCE = 20;

interface Tally {
  readonly verdict: Verdict['rules'][number]['verdict'];
  readonly reason: Verdict['rules'][number]['reason'];
  readonly count: number;
  readonly example: string;
}

/** One rule at a desk of its own, in a time that passes as its changes say; whatever it sends arrives at once. */
export class Rehearsal {
  readonly terms: Terms;
  /** Whether devices fit the filters of mutes when people would be asked again. */
  fits: Fits = () => false;
  readonly #rule: Rule;
  readonly #sent: Notification[] = [];
  readonly #tallies = new Map<string, Tally>();
  readonly #open = new Set<number>();
  #desk: Desk;
  #now: Instant;
  #asked = 0;

  constructor(terms: Terms, rule: Rule, since: Instant) {
    this.#rule = rule;
    this.#now = since;
    this.#desk = deskOf(
      { judged: 0, lastIncident: 0, lastNotification: 0, tag: 'rehearsal', incidents: [], notifications: [] },
      terms.site,
    );
    this.terms = { ...terms, channels: terms.channels.length > 0 ? terms.channels : [SOMEBODY] };
  }

  /** Whether something is open that any change may join or end. */
  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Whether it has sent all that it may. */
  get isFull(): boolean {
    return this.#sent.length >= MOST_SENT;
  }

  /** Judges what happened at one moment, after whatever became due until then. */
  async judge(happenings: readonly Happening[]): Promise<void> {
    const [first] = happenings;
    if (!first) return;
    await this.passUntil(first.change.at);
    if (this.isFull) return;
    this.#asked += happenings.filter(({ change }) => this.#rule.on.includes(change.kind)).length;
    this.#desk = { ...this.#desk, judged: first.change.seq - 1 }; // what no rule asks for was left out
    this.#take(judge(this.#desk, { happenings, terms: this.terms, now: this.#now }));
    this.#deliver();
  }

  /** Time passes: what becomes due meanwhile is done at its moment. */
  async passUntil(at: Instant): Promise<void> {
    for (let beats = 1; beats < MOST_BEATS && !this.isFull; beats++) {
      if (beats % BEATS_AT_ONCE === 0) await othersTurn();
      const due = wakeAt(this.#desk);
      if (due === null || due > at) break;
      const before = this.#desk;
      const stands = due <= this.#now;
      this.#now = Math.max(this.#now, due);
      this.#take(beat(before, { terms: this.terms, now: this.#now, fits: this.fits }));
      const sent = this.#deliver();
      if (stands && !sent && wakeAt(this.#desk) === due) break; // it waits for something that time does not bring
    }
    this.#now = Math.max(this.#now, at);
  }

  told({ since, until, cut }: Pick<Backtest, 'since' | 'until' | 'cut'>): Backtest {
    return { since, until, cut, asked: this.#asked, sent: this.#sent, verdicts: [...this.#tallies.values()] };
  }

  #take({ desk, work }: Step): void {
    this.#desk = desk;
    for (const { id, closedAt } of work.incidents) {
      if (closedAt === null) this.#open.add(id);
      else this.#open.delete(id);
    }
    for (const { verdict, reason, text } of work.verdicts.flatMap(({ rules }) => rules.filter(({ rule }) => rule !== null))) {
      const key = `${verdict} ${reason}`;
      const known = this.#tallies.get(key) ?? { verdict, reason, count: 0, example: text };
      this.#tallies.set(key, { ...known, count: known.count + 1 });
    }
  }

  /** Sends what is due; whether there was anything. */
  #deliver(): boolean {
    let sent = false;
    for (const { name, edits } of this.terms.channels)
      for (let next = nextTo(this.#desk, name, this.#now); next !== null; next = nextTo(this.#desk, name, this.#now)) {
        if (this.isFull) return sent;
        this.#sent.push({ ...next, dueAt: this.#now });
        const delivery: Delivery = { outcome: 'delivered', receipt: '', ...(edits && { handle: next.key }) };
        this.#take(settle(this.#desk, { id: next.id, sent: next, delivery, terms: this.terms, now: this.#now, dice: 0 }));
        sent = true;
      }
    return sent;
  }
}
