import type { Instant } from '../core/index.ts';
import { HOUR, ONE_LOOK, type Stranger } from './storm-state.ts';

/** Who stays this long, in so many looks, is no storm: it is let through. */
const STAYED = { looks: 3, length: 10 * 60_000 } as const;
/** Most that are let through in an hour. */
export const RELEASED_AN_HOUR = 20;
/** Most strangers remembered, and for how long: who floods must not fill the memory. */
const REMEMBERED = 4096;

export interface Quarantine {
  readonly strangers: ReadonlyMap<string, Stranger>;
  readonly released: readonly Instant[];
  /** Who is let through with this look. */
  readonly free: ReadonlySet<string>;
}

export interface Visit {
  /** Strangers of this look that were held back before. */
  readonly again: readonly string[];
  /** Strangers of this look that are held back from now on. */
  readonly fresh: readonly string[];
  /** Whether who is only known by an address may be let through: not where everything answers. */
  readonly nameless: boolean;
  readonly at: Instant;
}

/** Counts a look for those who are held back, and lets the oldest of those go who have stayed, a few an hour. */
export function quarantine(known: Pick<Quarantine, 'strangers' | 'released'>, { again, fresh, nameless, at }: Visit): Quarantine {
  const strangers = new Map(known.strangers);
  for (const key of again) strangers.set(key, visited(strangers.get(key), at));
  for (const key of fresh) strangers.set(key, visited(undefined, at));
  const released = known.released.filter((moment) => moment > at - HOUR && moment <= at);
  const stayed = again
    .map((key): [string, Stranger] => [key, strangers.get(key) as Stranger])
    .filter(([key, { first, looks }]) => looks >= STAYED.looks && at - first >= STAYED.length && (nameless || isMac(key)))
    .sort(([, a], [, b]) => a.first - b.first)
    .slice(0, Math.max(0, RELEASED_AN_HOUR - released.length));
  for (const [key] of stayed) strangers.delete(key);
  return { strangers: bounded(strangers, at), released: [...released, ...stayed.map(() => at)], free: new Set(stayed.map(([key]) => key)) };
}

/** An IPv6 address has fewer or longer groups. */
const isMac = (key: string): boolean => /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(key);

function visited(known: Stranger | undefined, at: Instant): Stranger {
  if (!known) return { first: at, last: at, looks: 1 };
  // A clock that was set back must hold nobody back for ever.
  const [first, last] = [Math.min(known.first, at), Math.min(known.last, at)];
  return at - last < ONE_LOOK ? { ...known, first, last } : { first, last: at, looks: known.looks + 1 };
}

/** Who is gone for an hour is forgotten; of too many, first those who came once: who floods never stays. */
function bounded(strangers: ReadonlyMap<string, Stranger>, at: Instant): ReadonlyMap<string, Stranger> {
  const here = [...strangers].filter(([, { last }]) => at - last < HOUR);
  if (here.length <= REMEMBERED) return here.length === strangers.size ? strangers : new Map(here);
  return new Map(here.sort(([, a], [, b]) => b.looks - a.looks || b.last - a.last).slice(0, REMEMBERED));
}
