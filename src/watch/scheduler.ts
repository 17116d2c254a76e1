import type { Cadence, Clock, Instant, Millis, PlanSchedule, Scan, Target, TargetId } from '../core/index.ts';
import { intervalFor, nextDue } from './due.ts';
import type { PutOff } from './governor/put-off.ts';
import { Pulse, TICK } from './pulse.ts';

/** How one plan of one target stands. */
export interface Slot {
  readonly target: Target;
  readonly entry: PlanSchedule;
  lastStart: Instant | null;
  lastScan: Scan | null;
  nextAt: Instant;
  skipped: number;
  /** Why it was not begun when it was due; null: it was. */
  putOff: PutOff | null;
}

export interface SchedulerParts {
  readonly clock: Clock;
  /** What is watched, asked anew at each refresh. */
  schedules(): readonly { target: Target; entry: PlanSchedule }[];
  /** When a plan of a target last began, and how it ended, as the store remembers it. */
  lastScan(target: TargetId, plan: string): Scan | null;
  /** Why it must not begin now, and until when; null: it may. */
  putOff(slot: Pick<Slot, 'target' | 'entry'>): PutOff | null;
  /** Starts what is due; false when one already waits. */
  launch(slot: Slot): boolean;
  /** The machine slept, was stopped or had its clock set: time passed in which nobody watched. */
  resumed(gap: Millis): void;
}

/** Not due before the target's first sweep has seen who is there to be asked. */
export const AFTER_FIRST_SWEEP = Number.POSITIVE_INFINITY;

/** Starts plans when they are due: the first scan at once, missed ones once, never two of a kind in a queue. */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #pulse: Pulse;
  readonly #stop = new AbortController();
  #slots = new Map<string, Slot>();
  #wake = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    this.#pulse = new Pulse(parts.clock);
  }

  start(): void {
    this.#slots.clear(); // the store may say more by now
    this.refresh();
    this.#pulse.beat();
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#loop;
  }

  slotsOf(target: TargetId): Slot[] {
    return [...this.#slots.values()].filter((slot) => slot.target.id === target);
  }

  /** Takes over changed targets; slots whose cadence did not change keep their times. */
  refresh(): void {
    const old = this.#slots;
    this.#slots = new Map();
    for (const { target, entry } of this.#parts.schedules()) {
      const key = slotKey(target, entry);
      const known = old.get(key);
      this.#slots.set(key, known ? { ...known, target, entry } : this.#newSlot(target, entry, [...old.values()]));
    }
    for (const slot of this.#slots.values()) if (this.#mustWait(slot)) slot.nextAt = AFTER_FIRST_SWEEP;
    this.#wake.abort();
  }

  /** Takes note of how a scan of a target ended. A first sweep that saw lets the deeper plans begin. */
  finished(scan: Scan): void {
    for (const slot of this.#slots.values()) {
      if (slot.target.id !== scan.target || slot.entry.plan !== scan.plan) continue;
      slot.lastScan = scan;
      if (slot.nextAt !== AFTER_FIRST_SWEEP) slot.nextAt = Math.max(slot.nextAt, this.#due(slot));
    }
    if (scan.cause?.code === 'quiet-hours' && scan.target !== null) this.hold(scan.target, scan.plan);
    const freed = [...this.#slots.values()].filter((slot) => slot.nextAt === AFTER_FIRST_SWEEP && !this.#mustWait(slot));
    for (const slot of freed) slot.nextAt = this.#due(slot);
    this.#wake.abort();
  }

  /** Puts a plan off that was about to begin, or was cut short, where it must not go on now. Whether it was. */
  hold(target: TargetId, plan: string): boolean {
    const slots = this.slotsOf(target).filter((slot) => slot.entry.plan === plan && slot.nextAt !== AFTER_FIRST_SWEEP);
    return slots.map((slot) => this.#hold(slot)).some(Boolean);
  }

  #hold(slot: Slot): boolean {
    slot.putOff = this.#parts.putOff(slot);
    if (slot.putOff !== null) slot.nextAt = slot.putOff.until;
    return slot.putOff !== null;
  }

  /** Asks whether time passed unwatched; also to be asked before a verdict that depends on it. */
  noticeGap(): void {
    const gap = this.#pulse.beat();
    if (gap === 0) return;
    this.#parts.resumed(gap);
    for (const slot of this.#slots.values()) {
      // What a gap swallowed is due once; after a step back nothing waits for a moment that is far away again.
      if (slot.nextAt !== AFTER_FIRST_SWEEP) slot.nextAt = this.#due(slot);
    }
    this.#wake.abort();
  }

  #newSlot(target: Target, entry: PlanSchedule, old: readonly Slot[]): Slot {
    const before = old.find((slot) => slot.target.id === target.id && slot.entry.plan === entry.plan);
    const lastScan = before?.lastScan ?? this.#parts.lastScan(target.id, entry.plan);
    const slot = { target, entry, lastScan, lastStart: before?.lastStart ?? endedStart(lastScan), skipped: 0, nextAt: 0, putOff: null };
    return { ...slot, nextAt: this.#due(slot) };
  }

  #due({ target, entry, lastStart, lastScan }: Slot): Instant {
    const cadence = entry.plan === 'sweep' ? unhurriedCadence(entry.cadence, lastScan) : entry.cadence;
    return nextDue(cadence, { key: `${target.spec.text} ${entry.plan}`, last: lastStart, now: this.#parts.clock.now() });
  }

  /** A plan that never ran waits for a target's sweep, where it has one: only present devices are asked for more. */
  #mustWait({ target, entry, lastStart }: Slot): boolean {
    if (entry.plan === 'sweep' || lastStart !== null) return false;
    const sweep = this.slotsOf(target.id).find((slot) => slot.entry.plan === 'sweep');
    return sweep !== undefined && sweep.lastScan?.outcome !== 'complete' && sweep.lastScan?.outcome !== 'partial';
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#launchDue();
      await this.#parts.clock.sleep(this.#nap(), this.#wake.signal);
      if (this.#wake.signal.aborted && !this.#stop.signal.aborted) this.#wake = new AbortController();
      this.noticeGap();
    }
  }

  #nap(): Millis {
    const now = this.#parts.clock.now();
    const next = Math.min(...[...this.#slots.values()].map(({ nextAt }) => nextAt));
    return Math.max(0, Math.min(TICK, next - now));
  }

  #launchDue(): void {
    const now = this.#parts.clock.now();
    for (const slot of this.#slots.values()) {
      if (slot.nextAt > now || this.#hold(slot)) continue;
      if (this.#parts.launch(slot)) slot.lastStart = now;
      else slot.skipped++;
      slot.nextAt = this.#due({ ...slot, lastStart: now });
    }
  }
}

/** A plan may have several cadences: often by day, and once at night. */
const slotKey = (target: Target, { plan, cadence }: PlanSchedule): string => `${target.id} ${plan} ${JSON.stringify(cadence)}`;

function unhurriedCadence(cadence: Cadence, last: Scan | null): Cadence {
  if (cadence.kind !== 'every' || last === null || last.finishedAt === null) return cadence;
  return { kind: 'every', every: intervalFor(cadence.every, last.finishedAt - last.startedAt) };
}

/** Why scans end when the daemon does: unlike those that a person cancelled, they have still to be made. */
export const DAEMON_STOPPED = 'the daemon stopped';

/** When a scan began, unless its process ended before it did: then the plan has still to run. */
function endedStart(scan: Scan | null): Instant | null {
  if (scan === null || scan.outcome === 'running') return null;
  const interrupted = scan.cause?.code === 'daemon-died' || scan.cause?.text === DAEMON_STOPPED;
  return interrupted ? null : scan.startedAt;
}
