import type { Clock, Instant, Millis, PlanSchedule, Scan, Target, TargetId } from '../core/index.ts';
import { nextDue } from './due.ts';

/** How one plan of one target stands. */
export interface Slot {
  readonly target: Target;
  readonly entry: PlanSchedule;
  lastStart: Instant | null;
  lastScan: Scan | null;
  nextAt: Instant;
  skipped: number;
}

export interface SchedulerParts {
  readonly clock: Clock;
  /** What is watched, asked anew at each refresh. */
  schedules(): readonly { target: Target; entry: PlanSchedule }[];
  /** When a plan of a target last began, and how it ended. */
  lastScan(target: TargetId, plan: string): Scan | null;
  /** Starts what is due; false when one already waits. */
  launch(slot: Slot): boolean;
  /** The machine slept, was stopped or had its clock set: time passed in which nobody watched. */
  resumed(gap: Millis): void;
}

/** Not due before the target's first sweep has ended. */
export const AFTER_FIRST_SWEEP = Number.POSITIVE_INFINITY;
/** Longest sleep, so that a gap in time is noticed within it. */
const TICK: Millis = 5_000;
/** A wake-up later than this was no scheduling delay. */
const GAP: Millis = 15_000;

/** Starts plans when they are due: the first scan at once, missed ones once, never two of a kind in a queue. */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #stop = new AbortController();
  #slots = new Map<string, Slot>();
  #wake = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.refresh();
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
    const slots = new Map<string, Slot>();
    for (const { target, entry } of this.#parts.schedules()) {
      const key = slotKey(target, entry);
      const known = this.#slots.get(key);
      slots.set(key, known && sameCadence(known.entry, entry) ? { ...known, target, entry } : this.#newSlot(key, target, entry));
    }
    this.#slots = slots;
    this.#wake.abort();
  }

  /** Takes note of how a scan of a target ended. A first sweep that saw something lets the deeper plans begin. */
  finished(scan: Scan): void {
    for (const slot of this.#slots.values()) {
      if (slot.target.id !== scan.target) continue;
      if (slot.entry.plan === scan.plan) slot.lastScan = scan;
      else if (slot.nextAt === AFTER_FIRST_SWEEP && scan.plan === 'sweep' && scan.outcome !== 'failed')
        slot.nextAt = this.#parts.clock.now();
    }
    this.#wake.abort();
  }

  #newSlot(key: string, target: Target, entry: PlanSchedule): Slot {
    const lastScan = this.#parts.lastScan(target.id, entry.plan);
    const last = lastScan?.startedAt ?? null;
    return {
      target,
      entry,
      lastStart: last,
      lastScan,
      skipped: 0,
      nextAt: nextDue(entry.cadence, { key, last, now: this.#parts.clock.now() }),
    };
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#stop.signal.aborted) {
      this.#launchDue();
      const before = { wall: clock.now(), steady: clock.monotonic() };
      const nap = this.#nap();
      await clock.sleep(nap, this.#wake.signal);
      if (this.#wake.signal.aborted && !this.#stop.signal.aborted) this.#wake = new AbortController();
      this.#noticeGap(before, nap);
    }
  }

  #nap(): Millis {
    const now = this.#parts.clock.now();
    const next = Math.min(...[...this.#slots.values()].map(({ nextAt }) => nextAt));
    return Math.max(0, Math.min(TICK, next - now));
  }

  #launchDue(): void {
    const now = this.#parts.clock.now();
    for (const [key, slot] of this.#slots) {
      if (slot.nextAt > now) continue;
      if (this.#parts.launch(slot)) slot.lastStart = now;
      else slot.skipped++;
      slot.nextAt = nextDue(slot.entry.cadence, { key, last: now, now });
    }
  }

  /** The wall clock ran away from us (suspend, a stopped process, a step forward) or was set back. */
  #noticeGap(before: { wall: Instant; steady: Millis }, nap: Millis): void {
    const { clock } = this.#parts;
    const passed = clock.now() - before.wall;
    const expected = Math.min(nap, clock.monotonic() - before.steady);
    const gap = passed - expected;
    if (Math.abs(gap) < GAP) return;
    this.#parts.resumed(gap);
    this.#replan(gap);
  }

  /** After a gap every interval is due once; after a step back nothing waits for a moment that is far away again. */
  #replan(gap: Millis): void {
    const now = this.#parts.clock.now();
    for (const [key, slot] of this.#slots) {
      if (gap > 0 && slot.entry.cadence.kind === 'every') slot.nextAt = now;
      else slot.nextAt = nextDue(slot.entry.cadence, { key, last: slot.lastStart ?? now, now });
    }
  }
}

const slotKey = (target: Target, entry: PlanSchedule): string => `${target.spec.text} ${entry.plan}`;

function sameCadence(a: PlanSchedule, b: PlanSchedule): boolean {
  return JSON.stringify(a.cadence) === JSON.stringify(b.cadence);
}
