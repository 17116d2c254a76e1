import { type AddressValue, type Coverage, coversAddress, type Device, type DeviceAddress, parseAddress } from '../core/index.ts';
import { isOverdue, type PresenceRules, withoutFuture } from './presence.ts';

/**
 * The only maker of absence (law 2: it cannot be called without coverage). Returns the device as it is after
 * a scan that did not see it: the same object when the scan says nothing about it.
 */
export function markAbsent(known: Device, coverage: Coverage, rules: PresenceRules): Device {
  if (known.presence === 'away') return known;
  const looked = coversLastPlaces(coverage, known);
  const device = looked ? withoutFuture(known, rules) : known;
  if (looked && isOverdue(device, rules)) return { ...device, presence: 'away' };
  const addresses = keptAddresses(device, coverage, rules);
  return addresses.length === device.addresses.length ? device : { ...device, addresses };
}

/** Only who looked everywhere the device was seen last can say that it left. */
function coversLastPlaces(coverage: Coverage, { addresses }: Device): boolean {
  const newest = newestSighting(addresses);
  return addresses.length > 0 && addresses.every((entry) => entry.seenAt < newest || covers(coverage, entry));
}

function newestSighting(addresses: readonly DeviceAddress[]): number {
  return addresses.reduce((newest, { seenAt }) => Math.max(newest, seenAt), Number.NEGATIVE_INFINITY);
}

/** Drops former addresses: covered, missed for the window, and the device was seen elsewhere since. */
function keptAddresses(device: Device, coverage: Coverage, rules: PresenceRules): readonly DeviceAddress[] {
  const { addresses } = device;
  if (addresses.length < 2) return addresses;
  const newest = newestSighting(addresses);
  const window = rules.windowOf(device);
  return addresses.filter((entry) => entry.seenAt === newest || !covers(coverage, entry) || rules.at - entry.seenAt < window);
}

/** Whether the scan asked who is at this address. */
export function covers(coverage: Coverage, { address }: DeviceAddress): boolean {
  if (coverage.addresses.length === 0) return false;
  return coversAddress(coverage, parseAddress(address) as AddressValue);
}
