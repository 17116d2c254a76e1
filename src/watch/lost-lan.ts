import { type Device, NO_COVERAGE, rangesOf, type ScanReport, subtractRanges } from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';

/**
 * Distrusts a scan that reached a network of ours through somebody else (R3, R4): devices whose hardware address
 * we have seen now answer without one, all of them, although we may send raw packets. The interface lost its
 * address, or another route took over; whoever answers there need not be who we know.
 */
export function distrustDetour(report: ScanReport, roll: Roll): ScanReport {
  if (!report.vantage.privileged || report.observations.length === 0) return report;
  if (report.observations.some(({ mac }) => mac !== null)) return report;
  const known = hardwareAt(roll);
  const masked = report.observations.filter(({ address }) => known.has(address));
  if (masked.length === 0) return report;
  const text = `${masked.length} known devices answered without their hardware addresses: their network is only reached through a router now`;
  return { ...report, outcome: 'failed', cause: { code: 'other-route', text }, coverage: NO_COVERAGE, observations: [] };
}

/** Addresses at which the device seen last has a hardware address. */
function hardwareAt(roll: Roll): Set<string> {
  const last = new Map<string, { device: Device; seenAt: number }>();
  for (const device of roll.devices.values()) {
    for (const { address, seenAt } of device.addresses)
      if (seenAt >= (last.get(address)?.seenAt ?? 0)) last.set(address, { device, seenAt });
  }
  return new Set([...last].filter(([, { device }]) => device.macs.length > 0).map(([address]) => address));
}

/**
 * Without raw packets (R12) a look asks with connections and pings, which many devices leave unanswered that answer ARP:
 * its silence proves nothing about those we know by their hardware addresses.
 */
export function distrustSilence(report: ScanReport, roll: Roll): ScanReport {
  if (report.vantage.privileged || report.coverage.addresses.length === 0) return report;
  const seen = new Set(report.observations.map(({ address }) => address));
  const shy = [...hardwareAt(roll)].filter((address) => !seen.has(address));
  if (shy.length === 0) return report;
  return { ...report, coverage: { ...report.coverage, addresses: subtractRanges(report.coverage.addresses, rangesOf(shy)) } };
}
