import type { Config } from '../config/index.ts';
import {
  type AddressRange,
  countAddresses,
  type Device,
  type Instant,
  isWithin,
  type Millis,
  parseAddress,
  rangesHold,
  type Target,
} from '../core/index.ts';
import { type IsAsked, lastPlaces } from '../diff/index.ts';
import { DEFAULT_WINDOW, type PresenceRules, type Terms, type Tolerance, toleranceOf, windowOf } from '../inventory/index.ts';
import type { Place } from './places.ts';
import type { RecentLooks } from './recent-looks.ts';

/** What the [presence] table says of tolerance. */
export type Policy = Config['presence'];

export interface RuleParts {
  readonly at: Instant;
  readonly watchedSince: Instant | null;
  readonly places: readonly Place[];
  readonly policy: Policy;
  /** Days before its end that a certificate is told of; left out: 21. */
  readonly certificateDays?: number;
  /** Left out: every moment was looked at. */
  readonly looks?: Pick<RecentLooks, 'starts' | 'unbrokenSince' | 'intervalOf'>;
}

/** Rules for one moment that can also say why a device may keep quiet for so long. */
export interface ReasonedRules extends PresenceRules {
  readonly toleranceOf: (device: Device) => Tolerance;
}

/** Tolerances for one moment: the device's own window, else its target's, else the site's, else what its rhythm taught. */
export function presenceRules(parts: RuleParts): ReasonedRules {
  const { at, watchedSince } = parts;
  const placed = placing(parts);
  const windows = new Map<Device, Millis>(); // asked more than once for each device of a scan
  const tolerated = (device: Device): Millis => {
    const window = windows.get(device) ?? windowOf(device, placed(device).terms);
    windows.set(device, window);
    return window;
  };
  return {
    at,
    watchedSince,
    windowOf: (device) => {
      const window = tolerated(device);
      return isChosen(device, placed(device)) ? window : Math.max(window, quietFor(window, placed(device), at));
    },
    // A short window makes nobody unknown sooner than would be usual.
    staleAfter: (device) => Math.max(tolerated(device), usualAt(placed(device).terms.cadence)),
    isAsked: isAskedIn(parts.places),
    taughtSince: (device) => placed(device).unbrokenSince,
    toleranceOf: (device) => toleranceOf(device, placed(device).terms),
    ...(parts.certificateDays !== undefined && { certificateDays: parts.certificateDays }),
  };
}

/**
 * What is learned means looks, not hours: as many as fit into the window must have missed the device, the one that is
 * judged among them. Time in which nobody looked is no silence, and one look after it misses once.
 */
function quietFor(window: Millis, { terms: { cadence, usual }, starts }: Placed, at: Instant): Millis {
  if (starts === null || cadence === 0) return window;
  const before = Math.min(Math.round(window / cadence), window === usual ? FEW_LOOKS : MOST_LOOKS) - 1;
  if (before < 1) return window;
  const first = starts[before - 1];
  return first === undefined ? Number.POSITIVE_INFINITY : at - first + 1;
}

const isChosen = ({ labels }: Device, { terms }: Placed): boolean => labels.window !== null || terms.chosen !== null;

/** What holds where a device lies. */
interface Placed {
  readonly terms: Terms;
  /** When the looks before this one began, newest first; null: nobody kept count. */
  readonly starts: readonly Instant[] | null;
  readonly unbrokenSince: Instant;
}

/** The target that was meant for a device says the window; the one that looks most often says how long silence is usual. */
function placing({ at, places, policy, looks }: RuleParts): (device: Device) => Placed {
  const elsewhere = { terms: termsAt({ window: null, cadence: 0 }, policy), starts: null, unbrokenSince: 0 };
  const known = places
    .toSorted((a, b) => Number(countAddresses(a.ranges) - countAddresses(b.ranges))) // the smaller target was meant
    .map(({ target, ranges }) => ({
      id: target.id,
      ranges,
      window: target.window,
      cadence: Math.max(cadenceOf(target), looks?.intervalOf(target.id) ?? 0),
    }));
  const made = new Map<string, Placed>();
  const found = new Map<Device, Placed>();
  const madeOf = (holding: readonly (typeof known)[number][]): Placed => {
    const [meant] = holding;
    if (!meant) return elsewhere;
    const targets = holding.map(({ id }) => id);
    const starts = looks?.starts(targets) ?? null;
    const unbrokenSince = looks ? (looks.unbrokenSince(targets) ?? at) : 0;
    return { terms: termsAt({ window: meant.window, cadence: mostOften(holding) }, policy), starts, unbrokenSince };
  };
  return (device) => {
    const before = found.get(device);
    if (before) return before;
    const holding = holdersOf(device, known);
    const key = holding.map(({ id }) => id).join();
    const placed = made.get(key) ?? madeOf(holding);
    made.set(key, placed);
    found.set(device, placed);
    return placed;
  };
}

/** 0: nobody looks by a schedule. */
function mostOften(holding: readonly { readonly cadence: Millis }[]): Millis {
  const least = holding.reduce(
    (shortest, { cadence }) => (cadence === 0 ? shortest : Math.min(shortest, cadence)),
    Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(least) ? least : 0;
}

/** Three looks must miss a device: a little less than three intervals, since no two looks are equally long. */
const LOOKS = 2.9;
/** Looks that are counted at most: of a window that was learned, and of one that holds until something is. */
const [MOST_LOOKS, FEW_LOOKS] = [240, 3];
const MINUTE: Millis = 60_000;

/** The terms of devices that are looked at this often, under a window that their target may have chosen. */
function termsAt({ window, cadence }: { readonly window: Millis | null; readonly cadence: Millis }, policy: Policy): Terms {
  const longest = Math.max(policy.ceiling, 2 * cadence);
  const usual = Math.min(usualAt(cadence), longest);
  const floor = Math.min(policy.floor ?? Math.min(LOOKS * Math.max(cadence, MINUTE), usual), longest);
  return { chosen: chosenWindow(window, cadence, policy), cadence, usual: Math.max(usual, floor), floor, ceiling: longest };
}

function chosenWindow(window: Millis | null, cadence: Millis, policy: Policy): Terms['chosen'] {
  if (window !== null) return { window, by: 'target' };
  return policy.tolerance === 'learned' ? null : { window: policy.window ?? usualAt(cadence), by: 'site' };
}

/** 45 minutes, or two looks where those are rarer. */
const usualAt = (cadence: Millis): Millis => Math.max(DEFAULT_WINDOW, 2 * cadence);

/** How long devices of a target may usually keep quiet: blindness of a good part of it counts. */
export function usualWindow(target: Target, policy: Policy): Millis {
  const { chosen, usual } = termsAt({ window: target.window, cadence: cadenceOf(target) }, policy);
  return chosen?.window ?? usual;
}

/** A target holds a device when it holds the place where the device was seen last, of those that any target holds. */
function holdersOf<T extends { readonly ranges: readonly AddressRange[] }>(device: Device, places: readonly T[]): readonly T[] {
  const last = lastPlaces(device.addresses, isAskedIn(places));
  const values = last.flatMap(({ address }) => parseAddress(address) ?? []);
  return places.filter(({ ranges }) => values.some((value) => rangesHold(ranges, value)));
}

const isAskedIn =
  (places: readonly { readonly ranges: readonly AddressRange[] }[]): IsAsked =>
  (address) =>
    places.some(({ ranges }) => isWithin(ranges, address));

/** How often the target is looked at: its shortest interval; local times count as daily. */
export function cadenceOf(target: Target | undefined): Millis {
  const cadences = (target?.schedule ?? []).map(({ cadence }) => (cadence.kind === 'every' ? cadence.every : 24 * 3_600_000));
  return cadences.length === 0 ? 0 : Math.min(...cadences);
}
