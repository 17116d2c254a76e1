import type { Clock, Millis, Observation, StopSignal } from '../../core/index.ts';
import { inParallel } from './in-parallel.ts';
import { againAfter, type NameMemory } from './memory.ts';
import type { Answer, Source } from './source.ts';

/** How one source is asked for many hosts. */
export interface Round {
  readonly memory: NameMemory;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Ask whoever was asked lately, too. */
  readonly fresh: boolean;
  readonly refresh: Millis;
  /** Questions under way at once. */
  readonly parallel: number;
  readonly timeout: Millis;
  /** Stops at the deadline for all. */
  readonly signal: StopSignal;
  /** The caller's own: what it interrupts was no silence. */
  readonly stop: StopSignal;
}

/** What a source says of each host, in order: asked now where that is due, else what holds. null: nothing. */
export function askAll(source: Source, seen: readonly Observation[], round: Round): Promise<(Answer | null)[]> {
  return inParallel(seen, round.parallel, (each) => askOne(source, each, round));
}

async function askOne(source: Source, seen: Observation, round: Round): Promise<Answer | null> {
  if (!source.suits(seen)) return null;
  const { memory, clock, signal, stop, timeout } = round;
  const key = `${source.name} ${seen.mac ?? ''} ${seen.address}`;
  const known = memory.recall(key);
  const now = clock.monotonic();
  const held = source.holds ? (known?.answer ?? null) : null;
  const isDue = known === undefined || round.fresh || now - known.askedAt >= againAfter(source.name, known, round.refresh);
  // Whom the deadline leaves no time for was not asked: it stays due.
  if (!isDue || signal.aborted) return held;
  const answer = await source.ask(seen, { timeout, signal });
  if (answer !== null || !stop.aborted) memory.keep(key, answer, now);
  return answer ?? held;
}
