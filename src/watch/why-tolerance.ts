import { coversAddress, type Device, formatDuration, type Instant, parseAddress, type Scan } from '../core/index.ts';
import type { WhyStep } from './why-asked.ts';
import { step } from './why-steps.ts';
import type { Wired } from './wire.ts';

/** How long a device may keep quiet today, and who says so. */
export function toleranceStep(wired: Wired, device: Device): WhyStep {
  const rules = wired.rules(wired.outside.clock.now());
  const { window, reason } = rules.toleranceOf(device);
  return step('tolerance', `it may be missed for ${formatDuration(window)} by looks that cover it before it counts as away: ${reason}`);
}

/** Whether a scan looked for the device where it was, so that its silence says something. */
export function coverageStep(scan: Scan, device: Pick<Device, 'addresses' | 'lastSeen'>): WhyStep {
  const ranges = scan.coverage?.addresses ?? [];
  const asked = device.addresses.map(({ address }) => address).filter((address) => isIn(address, ranges));
  const missed =
    asked.length === 0
      ? `${scan.plan} of ${scan.subject} did not ask its addresses`
      : `${scan.plan} of ${scan.subject} asked ${asked.join(' and ')}, and it did not answer`;
  return step('coverage', missed, { at: scan.finishedAt, scan });
}

/** "last seen then, silent for 50m". */
export function silenceStep(lastSeen: Instant, at: Instant): WhyStep {
  return step('belief', `last seen, silent for ${formatDuration(Math.max(0, Math.round((at - lastSeen) / 1000) * 1000))} by then`, {
    at: lastSeen,
  });
}

type Ranges = Parameters<typeof coversAddress>[0]['addresses'];

function isIn(address: string, addresses: Ranges): boolean {
  const value = parseAddress(address);
  return value !== undefined && coversAddress({ addresses, ports: {}, depth: 'presence', basis: 'asked' }, value);
}
