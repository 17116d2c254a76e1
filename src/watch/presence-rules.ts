import type { Config } from '../config/index.ts';
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
import { DEFAULT_WINDOW, type PresenceRules, type Terms, type Tolerance, toleranceOf, windowOf } from '../inventory/index.ts';
import type { Place } from './places.ts';

/** What the [presence] table says of tolerance. */
export type Policy = Config['presence'];

export interface RuleParts {
  readonly at: Instant;
  readonly watchedSince: Instant | null;
  readonly places: readonly Place[];
  readonly policy: Policy;
}

/** Rules for one moment that can also say why a device may keep quiet for so long. */
export interface ReasonedRules extends PresenceRules {
  readonly toleranceOf: (device: Device) => Tolerance;
}

/** Tolerances for one moment: the device's own window, else its target's, else the site's, else what its rhythm taught. */
export function presenceRules({ at, watchedSince, places, policy }: RuleParts): ReasonedRules {
  const termsOf = termsFinder(places, policy);
  const windows = new Map<Device, Millis>(); // asked twice for each device of a scan
  const window = (device: Device): Millis => {
    const known = windows.get(device) ?? windowOf(device, termsOf(device));
    windows.set(device, known);
    return known;
  };
  return {
    at,
    watchedSince,
    windowOf: window,
    // A short window makes nobody unknown sooner than would be usual.
    staleAfter: (device) => Math.max(window(device), usualAt(termsOf(device).cadence)),
    toleranceOf: (device) => toleranceOf(device, termsOf(device)),
  };
}

/** The target that was meant for a device says the window; the one that looks most often says how long silence is usual. */
function termsFinder(places: readonly Place[], policy: Policy): (device: Device) => Terms {
  const elsewhere = termsAt({ window: null, cadence: 0 }, policy);
  const known = places
    .toSorted((a, b) => Number(countAddresses(a.ranges) - countAddresses(b.ranges))) // the smaller target was meant
    .map(({ target, ranges }) => ({ ranges, window: target.window, cadence: cadenceOf(target) }));
  const made = new Map<string, Terms>();
  const found = new Map<Device, Terms>();
  return (device) => {
    const holding = found.has(device) ? [] : holdersOf(device, known);
    const [meant] = holding;
    const terms = found.get(device) ?? (meant ? termsFor(meant.window, mostOften(holding)) : elsewhere);
    found.set(device, terms);
    return terms;
  };
  function termsFor(window: Millis | null, cadence: Millis): Terms {
    const key = `${window} ${cadence}`;
    const terms = made.get(key) ?? termsAt({ window, cadence }, policy);
    made.set(key, terms);
    return terms;
  }
}

/** 0: nobody looks by a schedule. */
function mostOften(holding: readonly { readonly cadence: Millis }[]): Millis {
  const least = holding.reduce(
    (shortest, { cadence }) => (cadence === 0 ? shortest : Math.min(shortest, cadence)),
    Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(least) ? least : 0;
}

/** Three looks must miss a device, a little less than three intervals apart since no two looks are equally long. */
const LOOKS = 2.9;
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

/** The shortest time that a device of this target may keep quiet: blindness of a good part of it counts. */
export function shortestWindow(target: Target, policy: Policy): Millis {
  const { chosen, floor } = termsAt({ window: target.window, cadence: cadenceOf(target) }, policy);
  return chosen?.window ?? floor;
}

/** A target holds a device when it holds the place where the device was seen last. */
function holdersOf<T extends { readonly ranges: readonly AddressRange[] }>(device: Device, places: readonly T[]): readonly T[] {
  const values = device.addresses.flatMap(({ address, seenAt }) => (seenAt === device.lastSeen ? (parseAddress(address) ?? []) : []));
  return places.filter(({ ranges }) => values.some((value) => rangesHold(ranges, value)));
}

/** How often the target is looked at: its shortest interval; local times count as daily. */
function cadenceOf(target: Target | undefined): Millis {
  const cadences = (target?.schedule ?? []).map(({ cadence }) => (cadence.kind === 'every' ? cadence.every : 24 * 3_600_000));
  return cadences.length === 0 ? 0 : Math.min(...cadences);
}
