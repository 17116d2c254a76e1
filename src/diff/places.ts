import { type Address, type Coverage, coversAddress, type DeviceAddress, isLinkLocal, parseAddress } from '../core/index.ts';

/** Whether anybody asks who is at an address. */
export type IsAsked = (address: Address) => boolean;
/** Where nobody knows better: link-local addresses are heard of in passing and lie in no target. */
const USUALLY: IsAsked = (address) => !isLinkLocal(address);

/** Whether the scan asked who is at this address. */
export function covers(coverage: Coverage, { address }: Pick<DeviceAddress, 'address'>): boolean {
  if (coverage.addresses.length === 0) return false;
  const value = parseAddress(address);
  return value !== undefined && coversAddress(coverage, value);
}

/**
 * Where a device was seen last: whoever did not ask at all of these places cannot say that it left. Of places where somebody
 * asks, if it has any: a word from an address that nobody asks must not keep it here for ever.
 */
export function lastPlaces(addresses: readonly DeviceAddress[], isAsked: IsAsked = USUALLY): readonly DeviceAddress[] {
  if (addresses.length < 2) return addresses;
  const asked = addresses.filter(({ address }) => isAsked(address));
  const places = asked.length > 0 ? asked : addresses;
  const newest = newestSighting(places);
  return places.filter(({ seenAt }) => seenAt === newest);
}

/** Only who looked everywhere the device was seen last can say that it is gone. */
export function coversLastPlaces(coverage: Coverage, addresses: readonly DeviceAddress[], isAsked?: IsAsked): boolean {
  return addresses.length > 0 && lastPlaces(addresses, isAsked).every((entry) => covers(coverage, entry));
}

function newestSighting(addresses: readonly DeviceAddress[]): number {
  return addresses.reduce((newest, { seenAt }) => Math.max(newest, seenAt), Number.NEGATIVE_INFINITY);
}
