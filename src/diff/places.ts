import { type Coverage, coversAddress, type DeviceAddress, parseAddress } from '../core/index.ts';

/** Whether the scan asked who is at this address. */
export function covers(coverage: Coverage, { address }: Pick<DeviceAddress, 'address'>): boolean {
  if (coverage.addresses.length === 0) return false;
  const value = parseAddress(address);
  return value !== undefined && coversAddress(coverage, value);
}

/** Where a device was seen last: whoever did not ask at all of these places cannot say that it left. */
export function lastPlaces(addresses: readonly DeviceAddress[]): readonly DeviceAddress[] {
  const newest = newestSighting(addresses);
  return addresses.filter(({ seenAt }) => seenAt === newest);
}

/** Only who looked everywhere the device was seen last can say that it is gone. */
export function coversLastPlaces(coverage: Coverage, addresses: readonly DeviceAddress[]): boolean {
  return addresses.length > 0 && lastPlaces(addresses).every((entry) => covers(coverage, entry));
}

export function newestSighting(addresses: readonly DeviceAddress[]): number {
  return addresses.reduce((newest, { seenAt }) => Math.max(newest, seenAt), Number.NEGATIVE_INFINITY);
}
