import type { Device, Instant, Observation, ScanReport } from '../core/index.ts';
import { identify } from './identify.ts';
import { markAbsent } from './mark-absent.ts';
import type { PresenceRules } from './presence.ts';
import type { Roll } from './roll.ts';

type Report = Pick<ScanReport, 'observations' | 'coverage'> & Partial<Pick<ScanReport, 'startedAt'>>;

/**
 * Which devices this report would make away, so that they can be asked directly first. Folds nothing. Cheap while nobody
 * is overdue; only then is it found out who was seen.
 */
export function leaversOf(roll: Roll, report: Report, rules: PresenceRules): readonly Device[] {
  const { observations, coverage, startedAt = rules.at } = report;
  if (coverage.addresses.length === 0) return [];
  const overdue: Device[] = [];
  for (const device of roll.devices.values()) {
    if (device.presence === 'away' || seenMeanwhile(device, { startedAt, rules })) continue;
    if (markAbsent(device, coverage, rules).presence === 'away') overdue.push(device);
  }
  if (overdue.length === 0) return overdue;
  const seen = new Set(identify(roll, observations).map(({ device }) => device));
  return overdue.filter(({ id }) => !seen.has(id));
}

/** A scan asks long before it ends: it cannot miss whom another one saw in between (law 2). */
export function seenMeanwhile(
  { lastSeen }: Device,
  { startedAt, rules }: { readonly startedAt: Instant; readonly rules: PresenceRules },
): boolean {
  return lastSeen > startedAt && lastSeen <= rules.at;
}

/** Whether a device is plainly among those who answered: by hardware address, or at its address when no other hardware answered there. */
export function answeredIn(observations: readonly Observation[]): (device: Device) => boolean {
  const macs = new Set(observations.map(({ mac }) => mac));
  const nameless = new Set(observations.flatMap(({ address, mac }) => (mac === null ? [address] : [])));
  const places = new Set(observations.map(({ address }) => address));
  return (device) =>
    device.macs.some(({ mac }) => macs.has(mac)) ||
    device.addresses.some(({ address }) => nameless.has(address) || (device.macs.length === 0 && places.has(address)));
}
