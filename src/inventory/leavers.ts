import type { Device, ScanReport } from '../core/index.ts';
import { identify } from './identify.ts';
import { markAbsent } from './mark-absent.ts';
import { isOverdue, type PresenceRules } from './presence.ts';
import type { Roll } from './roll.ts';

/** Present devices that this report would call away, so that they can be asked directly first. Most reports call nobody away, at little cost. */
export function leaversOf(roll: Roll, report: Pick<ScanReport, 'observations' | 'coverage' | 'startedAt'>, rules: PresenceRules): Device[] {
  const overdue = [...roll.devices.values()].filter((device) => device.presence === 'present' && isOverdue(device, rules));
  const silent = overdue.filter(
    (device) => device.lastSeen <= report.startedAt && markAbsent(device, report.coverage, rules).presence === 'away',
  );
  if (silent.length === 0) return [];
  const seen = new Set(identify(roll, report.observations).map(({ device }) => device));
  return silent.filter(({ id }) => !seen.has(id));
}
