import { type Address, type Coverage, type Instant, NO_COVERAGE, rangesOf } from '../core/index.ts';
import type { Keepings } from './keepings.ts';
import { presenceRules, type ReasonedRules, usualWindow } from './presence-rules.ts';
import type { Scheduler } from './scheduler.ts';

/** As if these addresses had been asked: for how long they were watched. */
export const coverageAt = (addresses: readonly Address[]): Coverage => ({ ...NO_COVERAGE, addresses: rangesOf(addresses) });

export function rulesFor({ places, config, looks }: Keepings, at: Instant, since: Instant | null): ReasonedRules {
  const { certificateDays } = config.services;
  return presenceRules({ at, watchedSince: since, places: places.all, policy: config.presence, looks, certificateDays });
}

/** Since when the targets where a scan looked have been watched; a gap in time is noticed before it can look like absence. */
export function watchedSince(
  { vigil, places, config }: Keepings,
  scheduler: Scheduler,
  scan: { at: Instant; coverage: Coverage },
): Instant | null {
  if (vigil.since([], scan.at) === null) return null;
  scheduler.noticeGap();
  const watched = places.at(scan.coverage.addresses).map((place) => ({
    text: place.target.spec.text,
    window: usualWindow(place.target, config.presence),
  }));
  return vigil.since(watched, scan.at);
}
