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
  const windowOf = (device: Device): Millis => device.labels.window ?? toleranceOf(device).window;
  return { at, watchedSince, windowOf, staleAfter: (device) => Math.max(windowOf(device), toleranceOf(device).usual) };
}

/** Asked for each device of each scan: who is where is only looked up when it makes a difference. */
function toleranceFinder(places: readonly Place[], siteWindow: Millis | null): (device: Device) => Tolerance {
  const elsewhere = tolerance(undefined, siteWindow);
  const known = places
    .toSorted((a, b) => Number(countAddresses(a.ranges) - countAddresses(b.ranges))) // the smaller target was meant
    .map(({ target, ranges }) => ({ target, ranges, ...tolerance(target, siteWindow) }));
  if (known.every(({ window, usual }) => window === elsewhere.window && usual === elsewhere.usual)) return () => elsewhere;
  const found = new Map<Device, Tolerance>();
  return (device) => {
    const tolerated = found.get(device) ?? hurried(known.find(isHolding(device)), () => known.filter(isHolding(device))) ?? elsewhere;
    found.set(device, tolerated);
    return tolerated;
  };
}

const isHolding =
  (device: Device) =>
  ({ ranges }: Pick<Place, 'ranges'>): boolean =>
    holds(ranges, device);

/** The tolerance that was meant; what is usual follows from the target that looks at the device most often. */
function hurried(meant: (Tolerance & Pick<Place, 'target'>) | undefined, all: () => readonly Tolerance[]): Tolerance | undefined {
  if (!meant || meant.usual === DEFAULT_WINDOW) return meant;
  const usual = Math.min(...all().map((one) => one.usual));
  return { usual, window: meant.window === meant.usual && meant.target.window === null ? usual : meant.window };
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
