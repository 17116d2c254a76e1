import {
  type AddressRange,
  countAddresses,
  type Device,
  type Instant,
  type Millis,
  parseAddress,
  rangesHold,
  type Target,
} from '../core/index.ts';
import { DEFAULT_WINDOW, type PresenceRules } from '../inventory/index.ts';
import type { Place } from './places.ts';

export interface RuleParts {
  readonly at: Instant;
  readonly watchedSince: Instant | null;
  readonly places: readonly Place[];
  /** Window from the config file; null when it says nothing. */
  readonly siteWindow: Millis | null;
}

/** `usual`: what would hold if nobody had chosen a window. */
interface Tolerance {
  readonly window: Millis;
  readonly usual: Millis;
}

/** Tolerances for one moment: the device's own, else its target's, else the site's, else 45 minutes or two scans. */
export function presenceRules({ at, watchedSince, places, siteWindow }: RuleParts): PresenceRules {
  const toleranceOf = toleranceFinder(places, siteWindow);
  const windowOf = (device: Device): Millis => device.window ?? toleranceOf(device).window;
  return { at, watchedSince, windowOf, staleAfter: (device) => Math.max(windowOf(device), toleranceOf(device).usual) };
}

/** Asked for each device of each scan: who is where is only looked up when it makes a difference. */
function toleranceFinder(places: readonly Place[], siteWindow: Millis | null): (device: Device) => Tolerance {
  const elsewhere = tolerance(undefined, siteWindow);
  const known = places
    .toSorted((a, b) => Number(countAddresses(a.ranges) - countAddresses(b.ranges))) // the smaller target was meant
    .map(({ target, ranges }) => ({ ranges, ...tolerance(target, siteWindow) }));
  if (known.every(({ window, usual }) => window === elsewhere.window && usual === elsewhere.usual)) return () => elsewhere;
  const found = new Map<Device, Tolerance>();
  return (device) => {
    const tolerated = found.get(device) ?? known.find(({ ranges }) => holds(ranges, device)) ?? elsewhere;
    found.set(device, tolerated);
    return tolerated;
  };
}

/** How long devices of a target may keep quiet. */
export function tolerance(target: Target | undefined, siteWindow: Millis | null): Tolerance {
  const usual = Math.max(DEFAULT_WINDOW, 2 * cadenceOf(target));
  return { window: target?.window ?? siteWindow ?? usual, usual };
}

/** A target holds a device when it holds the place where the device was seen last. */
function holds(ranges: readonly AddressRange[], device: Device): boolean {
  return device.addresses.some(({ address, seenAt }) => {
    const value = seenAt === device.lastSeen ? parseAddress(address) : undefined;
    return value !== undefined && rangesHold(ranges, value);
  });
}

/** How often the target is looked at: its shortest interval; local times count as daily. */
function cadenceOf(target: Target | undefined): Millis {
  const cadences = (target?.schedule ?? []).map(({ cadence }) => (cadence.kind === 'every' ? cadence.every : 24 * 3_600_000));
  return cadences.length === 0 ? 0 : Math.min(...cadences);
}
