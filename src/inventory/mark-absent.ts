import { type AddressValue, type Coverage, coversAddress, type Device, type DeviceAddress, parseAddress } from '../core/index.ts';
import { isOverdue, type PresenceRules } from './presence.ts';

/**
 * The only maker of absence (law 2: it cannot be called without coverage). Returns the device as it is after
 * a scan that did not see it: the same object when the scan says nothing about it.
 */
export function markAbsent(device: Device, coverage: Coverage, rules: PresenceRules): Device {
  if (device.presence === 'away') return device;
  const place = lastPlace(device);
  if (place && covers(coverage, place) && isOverdue(device, rules)) return { ...device, presence: 'away' };
  const addresses = keptAddresses(device.addresses, coverage, { at: rules.at, window: rules.windowOf(device) });
  return addresses.length === device.addresses.length ? device : { ...device, addresses };
}

/** Where a device was seen last: only who looked there can say that it left. */
function lastPlace(device: Device): DeviceAddress | undefined {
  return device.addresses.reduce<DeviceAddress | undefined>(
    (last, entry) => (last && last.seenAt >= entry.seenAt ? last : entry),
    undefined,
  );
}

/** Drops former addresses: covered, missed for the window, and the device was seen elsewhere since. */
export function keptAddresses(
  addresses: readonly DeviceAddress[],
  coverage: Coverage,
  { at, window }: { at: number; window: number },
): readonly DeviceAddress[] {
  if (addresses.length < 2) return addresses;
  const newest = Math.max(...addresses.map(({ seenAt }) => seenAt));
  return addresses.filter((entry) => entry.seenAt === newest || !covers(coverage, entry) || at - entry.seenAt < window);
}

export function covers(coverage: Coverage, { address }: DeviceAddress): boolean {
  if (coverage.addresses.length === 0) return false;
  return coversAddress(coverage, parseAddress(address) as AddressValue);
}
