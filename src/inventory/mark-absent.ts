import type { Coverage, Device, DeviceAddress } from '../core/index.ts';
import { covers, coversLastPlaces, lastPlaces } from '../diff/index.ts';
import { isOverdue, type PresenceRules, placeWindow, withoutFuture } from './presence.ts';

/**
 * The only maker of absence (law 2: it cannot be called without coverage). Returns the device as it is after
 * a scan that did not see it: the same object when the scan says nothing about it.
 */
export function markAbsent(known: Device, coverage: Coverage, rules: PresenceRules): Device {
  if (known.presence === 'away') return known;
  const looked = coversLastPlaces(coverage, known.addresses, rules.isAsked);
  const device = looked ? withoutFuture(known, rules) : known;
  if (looked && isOverdue(device, rules) && (rules.silent?.has(device.id) ?? true)) return { ...device, presence: 'away' };
  const addresses = keptAddresses(device, coverage, rules);
  return addresses.length === device.addresses.length ? device : { ...device, addresses };
}

/** Drops former addresses: covered, missed for the window, and the device was seen elsewhere since. */
function keptAddresses(device: Device, coverage: Coverage, rules: PresenceRules): readonly DeviceAddress[] {
  const { addresses } = device;
  if (addresses.length < 2) return addresses;
  const last = lastPlaces(addresses, rules.isAsked);
  const window = placeWindow(device, rules);
  return addresses.filter((entry) => last.includes(entry) || !covers(coverage, entry) || rules.at - entry.seenAt < window);
}
