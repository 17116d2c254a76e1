import type { Instant, Presence } from '../core/index.ts';
import type { Whereabouts } from './people.ts';

/** A stretch of one presence of a device; `to` is null while it lasts. */
export interface Stay {
  readonly presence: Presence;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** Since when a party is where it is, by the stays of each device that counts, oldest first; null when nobody can say. */
export const whereSince = (is: Whereabouts, stays: readonly (readonly Stay[])[]): Instant | null =>
  is === 'home' ? homeSince(stays.flat()) : lastOf(stays.map((ofOne) => ofOne.at(-1)?.from));

/** Away are all of them only since the last one is. */
export function lastOf(moments: readonly (Instant | undefined)[]): Instant | null {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? null : known.reduce((last, moment) => Math.max(last, moment));
}

/** The beginning of the last stretch in which one device or another was present. */
function homeSince(stays: readonly Stay[]): Instant | null {
  const present = stays.filter(({ presence }) => presence === 'present').toSorted((a, b) => a.from - b.from);
  let began: Instant | null = null;
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, to } of present) {
    if (from > end) began = from;
    end = Math.max(end, to ?? Number.POSITIVE_INFINITY);
  }
  return began;
}
