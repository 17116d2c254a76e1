import { type Device, type Instant, type Millis, parseAddress, rangesHold, type Target } from '../core/index.ts';
import { DEFAULT_WINDOW, type PresenceRules } from '../inventory/index.ts';

export interface RuleParts {
  readonly at: Instant;
  readonly watchedSince: Instant | null;
  readonly targets: readonly Target[];
  /** Window from the config file; null when it says nothing. */
  readonly siteWindow: Millis | null;
}

/** Tolerances for one moment: the device's own, else its target's, else the site's, else 45 minutes or two scans. */
export function presenceRules({ at, watchedSince, targets, siteWindow }: RuleParts): PresenceRules {
  const targetOf = (device: Device): Target | undefined => targets.find((target) => holds(target, device));
  const usual = (target: Target | undefined): Millis => Math.max(DEFAULT_WINDOW, 2 * cadenceOf(target));
  const windowOf = (device: Device): Millis => {
    if (device.window !== null) return device.window;
    const target = targetOf(device);
    return target?.window ?? siteWindow ?? usual(target);
  };
  return { at, watchedSince, windowOf, staleAfter: (device) => Math.max(windowOf(device), usual(targetOf(device))) };
}

/** A target holds a device when it holds the place where the device was seen last. */
function holds({ spec }: Target, device: Device): boolean {
  if (spec.kind === 'hostname') return false;
  return device.addresses.some(({ address, seenAt }) => {
    const value = seenAt === device.lastSeen ? parseAddress(address) : undefined;
    return value !== undefined && rangesHold(spec.ranges, value);
  });
}

/** How often the target is looked at: its shortest interval; local times count as daily. */
function cadenceOf(target: Target | undefined): Millis {
  const cadences = (target?.schedule ?? []).map(({ cadence }) => (cadence.kind === 'every' ? cadence.every : 24 * 3_600_000));
  return cadences.length === 0 ? 0 : Math.min(...cadences);
}
