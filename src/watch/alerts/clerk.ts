import {
  type AlertMemory,
  type AlertWork,
  type Clock,
  Fault,
  type Instant,
  type Lease,
  type Millis,
  type StopSignal,
  type Store,
} from '../../core/index.ts';
import { type Desk, deskOf, type Step } from '../../rules/index.ts';
import type { Tenancy } from '../lease.ts';
import { ahead, rewound, SLACK, unaged } from './rewind.ts';

export interface ClerkParts {
  readonly site: string;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly clock: Clock;
  /** The desk is another one now, by this work; null: it was read. Must be quick. */
  readonly changed: (work: AlertWork | null) => void;
  /** That steps cannot be kept, or with null that they can again. */
  readonly trouble: (text: string | null) => void;
}

/** What makes a step of the desk as it is when its turn has come; null: nothing is to be done. */
export type Work = (desk: Desk, now: Instant) => Step | null;

const PAUSE: { readonly first: Millis; readonly longest: Millis } = { first: 1000, longest: 30_000 };

/**
 * The desk and its only writer. Steps go one after another: each is kept whole in the store, and only then believed. Whoever
 * commits scans never waits for it.
 */
export class Clerk {
  readonly #parts: ClerkParts;
  #desk: Desk | null = null;
  #tag = '';
  #unreadable: readonly string[] = [];
  /** How far the wall clock was ahead of the steady one at the last step. */
  #lead = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ClerkParts) {
    this.#parts = parts;
  }

  /** null: nobody has needed it yet. */
  get desk(): Desk | null {
    return this.#desk;
  }
  /** Everything up to this change is judged. */
  get judged(): number {
    return this.#desk?.judged ?? 0;
  }
  /** Random, once for each store. */
  get tag(): string {
    return this.#tag;
  }

  /** What was remembered and nobody can read any more ("incident 7"): all else goes on without it. */
  get unreadable(): readonly string[] {
    return this.#unreadable;
  }

  /** Whether the wall clock was set back since the last step, so that what waits would wait for too long. */
  get isLate(): boolean {
    const { clock } = this.#parts;
    return this.#desk !== null && this.#lead - (clock.now() - clock.monotonic()) > SLACK;
  }

  /** Takes one step; rejects when it cannot be kept, and then nothing has happened. Resolves to what it changed. */
  step(work: Work): Promise<AlertWork | null> {
    const turn = this.#last.then(() => this.#step(work));
    this.#last = turn.catch(() => {}); // the caller hears of it; the next in line is not to blame
    return turn;
  }

  /** Takes a step however long the store cannot keep it (R22); false: we were stopped before, or somebody else has the store. */
  async surely(work: Work, signal: StopSignal): Promise<boolean> {
    return (await this.patiently(async () => ({ work: await this.step(work) }), signal)) !== null;
  }

  /** Does what needs the store, however long that fails; null: we were stopped meanwhile, or somebody else has the store. */
  async patiently<T>(attempt: () => Promise<T>, signal: StopSignal): Promise<T | null> {
    const { clock, trouble } = this.#parts;
    let pause = PAUSE.first;
    do {
      try {
        const done = await attempt();
        trouble(null);
        return done;
      } catch (fault) {
        if (fault instanceof Fault && fault.code === 'conflict') return null; // whoever has it by now goes on with it
        trouble(`cannot keep what is to be told: ${fault instanceof Error ? fault.message : String(fault)}`);
        await clock.sleep(pause, signal);
        pause = Math.min(2 * pause, PAUSE.longest);
      }
    } while (!signal.aborted);
    return null;
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #step(work: Work): Promise<AlertWork | null> {
    const { store, tenancy, clock } = this.#parts;
    const lease = await tenancy.get(); // with it comes what another process has kept
    const desk = await this.#deskNow(lease);
    const step = work(desk, clock.now());
    if (step === null) return null;
    if (!isNothing(step.work)) await store.writeAlerts(step.work, lease);
    this.#desk = step.desk;
    this.#parts.changed(step.work);
    return step.work;
  }

  /** The desk as it counts by the clock as it is. */
  async #deskNow(lease: Lease): Promise<Desk> {
    const { clock } = this.#parts;
    const lead = clock.now() - clock.monotonic();
    const back = this.#lead - lead;
    const known = this.#desk;
    const desk = known !== null && Math.abs(back) <= SLACK ? known : await this.#read(lease, known === null ? 0 : back);
    this.#lead = lead;
    return desk;
  }

  /** Reads what is remembered, and moves it back with the clock; where that was set forward, what waits grows no older by it. */
  async #read(lease: Lease, back: Millis): Promise<Desk> {
    const { store, site, clock } = this.#parts;
    const now = clock.now();
    const kept = await store.alertMemory(site, now);
    const by = back || ahead(kept, now);
    const memory = moved(kept, by);
    const { incidents, notifications } = memory;
    if (memory !== kept) await store.writeAlerts({ site, judged: null, verdicts: [], incidents, notifications }, lease);
    this.#tag = memory.tag;
    this.#unreadable = memory.unreadable ?? [];
    this.#desk = deskOf(memory, site);
    this.#parts.changed(null);
    return this.#desk;
  }
}

function moved(memory: AlertMemory, back: Millis): AlertMemory {
  if (back === 0) return memory;
  return back > 0 ? rewound(memory, back) : unaged(memory, -back);
}

const isNothing = ({ judged, verdicts, incidents, notifications }: AlertWork): boolean =>
  judged === null && verdicts.length + incidents.length + notifications.length === 0;
