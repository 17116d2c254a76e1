import type { DeviceAddress } from '../core/index.ts';

/** IPv6 addresses kept of one device: privacy makes a new one every day, and a hostile device one every second. */
export const V6_KEPT = 16;

/** All IPv4 addresses, and of the others those seen last; in the order given. The same list when there are few. */
export function boundAddresses(addresses: readonly DeviceAddress[]): readonly DeviceAddress[] {
  const v6 = addresses.filter(({ address }) => address.includes(':'));
  if (v6.length <= V6_KEPT) return addresses;
  const kept = new Set(v6.toSorted((a, b) => b.seenAt - a.seenAt).slice(0, V6_KEPT));
  return addresses.filter((entry) => !entry.address.includes(':') || kept.has(entry));
}
