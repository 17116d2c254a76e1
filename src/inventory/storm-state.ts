import type { Change, Instant, Millis } from '../core/index.ts';

/** What the gate remembers of one network between looks. A value: replaced, never edited. */
export interface StormState {
  /** Who is held back, by hardware address, or by address where none was seen. */
  readonly strangers: ReadonlyMap<string, Stranger>;
  /** How many that nobody had ever seen came lately. */
  readonly arrivals: readonly Arrivals[];
  /** When strangers were let through, within the last hour. */
  readonly released: readonly Instant[];
  /** The storm under way. */
  readonly storm: Storm | null;
  /** How many the last look believed: after the first one nobody has a rhythm yet, and they are there all the same. */
  readonly answered: number;
}

export interface Stranger {
  readonly first: Instant;
  readonly last: Instant;
  readonly looks: number;
}

export interface Arrivals {
  readonly at: Instant;
  readonly count: number;
}

export interface Storm {
  readonly began: Instant;
  /** Strangers held back since. */
  readonly held: number;
  /** When too many came last. */
  readonly noisyAt: Instant;
  /** Looks since then that were calm, and when the last of them was. */
  readonly calm: number;
  readonly calmAt: Instant;
}

export const NO_STORM: StormState = { strangers: new Map(), arrivals: [], released: [], storm: null, answered: 0 };

/** The state after a restart, from past changes in any order. Who was held back is met anew. */
export function stormFrom(changes: readonly Change[], where: string): StormState {
  const [last] = changes
    .filter(({ kind, after }) => (kind === 'storm.began' || kind === 'storm.ended') && after?.['where'] === where)
    .sort((a, b) => b.seq - a.seq);
  if (last?.kind !== 'storm.began') return NO_STORM;
  const held = Number(last.after?.['strangers'] ?? 0);
  return { ...NO_STORM, storm: { began: last.at, held, noisyAt: last.at, calm: 0, calmAt: last.at } };
}

/** "At once": looks of one sweep, or what is overheard in this time. */
export const AT_ONCE: Millis = 5 * 60_000;
/** Who floods with patience stays below any limit of a moment, and not of an hour. */
export const HOUR: Millis = 60 * 60_000;
/** Looks closer together than this are one. */
export const ONE_LOOK: Millis = 30_000;

/** Arrivals of the last {@link HOUR}; those of one look in one entry, so that there are few. */
export function withArrivals(arrivals: readonly Arrivals[], count: number, at: Instant): readonly Arrivals[] {
  const lately = arrivals.filter((entry) => entry.at > at - HOUR && entry.at <= at);
  const last = lately.at(-1);
  if (count === 0) return lately;
  if (last && at - last.at < ONE_LOOK) return [...lately.slice(0, -1), { at: last.at, count: last.count + count }];
  return [...lately, { at, count }];
}

export const countSince = (arrivals: readonly Arrivals[], since: Instant): number =>
  arrivals.reduce((sum, { at, count }) => (at > since ? sum + count : sum), 0);
