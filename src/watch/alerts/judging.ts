import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Change, isLasting, type StopSignal, type Store } from '../../core/index.ts';
import { type Desk, type Happening, judge, type Step, type Terms } from '../../rules/index.ts';
import type { Log } from '../log.ts';
import type { Clerk } from './clerk.ts';
import { nextPage } from './judging-page.ts';

export interface JudgingParts {
  readonly site: string;
  readonly store: Pick<Store, 'changes'>;
  readonly clerk: Clerk;
  readonly log: Log;
  readonly terms: () => Terms;
  /** What the first of these changes mean, as many as are to be judged in one step: one at least. */
  readonly happeningsOf: (changes: readonly Change[], terms: Terms) => Promise<readonly Happening[]>;
}

/** Changes judged in one step. */
const BATCH = 200;

/** Judges what was committed, in order and each change once; whoever commits never waits for it. */
export class Judging {
  readonly #parts: JudgingParts;
  readonly #signal: StopSignal;
  #running: Promise<void> | null = null;
  #noted = false;
  #batch = BATCH;

  constructor(parts: JudgingParts, signal: StopSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** There may be changes to judge. */
  note(): void {
    this.#noted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#noted && !this.#signal.aborted) this.note(); // it was noted in the very moment of the end
    });
  }

  /** Resolves when nothing is being judged any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#noted = false;
    while (!this.#signal.aborted && (await this.#next())) {
      this.#noted = false;
      await othersTurn(); // an embedded store gives nobody a turn, however much there is to judge
    }
  }

  /** Judges some changes; false: there are none, or we were stopped. */
  async #next(): Promise<boolean> {
    const { clerk, store, terms, happeningsOf } = this.#parts;
    let changes: readonly Pick<Change, 'seq'>[] = [];
    const read = async (): Promise<Turn | Error> => {
      await clerk.step(() => null); // the desk knows what is judged
      const page = await nextPage(store, clerk.judged, this.#batch);
      const isDamaged = 'damaged' in page;
      changes = isDamaged ? [{ seq: clerk.judged + 1 }] : page.changes; // they are numbered without a gap
      if (isDamaged) return new Error(`change ${clerk.judged + 1} cannot be read: ${String(page.damaged)}`);
      const rules = terms();
      try {
        return { terms: rules, happenings: await happeningsOf(page.changes, rules) };
      } catch (fault) {
        if (isLasting(fault)) return fault as Error;
        throw fault; // the store may answer the next time
      }
    };
    const turn = await clerk.patiently(read, this.#signal);
    if (turn === null || changes.length === 0) return false;
    return clerk.surely((desk, now) => this.#judged(desk, { changes, turn, now }), this.#signal);
  }

  #judged(desk: Desk, { changes, turn, now }: Question): Step {
    if (turn instanceof Error) return this.#failed(desk, { changes, turn, now });
    try {
      const step = judge(desk, { ...turn, now });
      this.#batch = Math.min(BATCH, this.#batch * 2);
      return step;
    } catch (fault) {
      return this.#failed(desk, { changes, turn: fault, now });
    }
  }

  /** Where the whole fails, each change is judged alone, and the one that fails is passed over: it must not hold up all others (R50). */
  #failed(desk: Desk, { changes, turn: fault, now }: Question<unknown>): Step {
    const [first] = changes as readonly [Pick<Change, 'seq'>];
    this.#batch = 1;
    this.#parts.log.error({ fault: String(fault), seq: first.seq }, 'changes could not be judged');
    if (changes.length > 1) return { desk, work: { ...NOTHING, site: this.#parts.site } };
    return { desk: { ...desk, judged: first.seq }, work: this.#passedOver(first, now) };
  }

  #passedOver({ seq }: Pick<Change, 'seq'>, at: number): Step['work'] {
    const text = 'judging it failed; the log of the daemon says why';
    const verdict = { rule: null, verdict: 'quiet', reason: 'broken', text, incident: null } as const;
    return { ...NOTHING, site: this.#parts.site, judged: seq, verdicts: [{ seq, at, rules: [verdict] }] };
  }
}

interface Question<Made = Turn | Error> {
  readonly changes: readonly Pick<Change, 'seq'>[];
  /** What was made of them, or why nothing could be. */
  readonly turn: Made;
  readonly now: number;
}

type Turn = { readonly terms: Terms; readonly happenings: readonly Happening[] };

const NOTHING = { judged: null, verdicts: [], incidents: [], notifications: [] } as const;
