import { type AddressRange, type Device, type DeviceId, parseAddress, rangesHold } from '../core/index.ts';

/** A stretch of network on the map. */
export interface Place {
  readonly ranges: readonly AddressRange[];
}

/** A device with addresses in two places. */
export interface Bridge {
  readonly device: DeviceId;
  /** Numbers of the places, the lower one first. */
  readonly between: readonly [number, number];
}

export interface Placed {
  /** For each place who is there; a device with several addresses may be in several. */
  readonly members: readonly (readonly Device[])[];
  /** Those of whom no address lies in any place. */
  readonly elsewhere: readonly Device[];
  readonly bridges: readonly Bridge[];
}

/** Devices that are placed before others get a turn. */
const SLICE = 200;

/** Where devices are: an address that lies in several places is in the smallest. Gives way as it goes. */
export function* placeDevices(devices: readonly Device[], places: readonly Place[]): Generator<void, Placed> {
  const bySize = smallestFirst(places);
  const members = places.map((): Device[] => []);
  const elsewhere: Device[] = [];
  const bridges: Bridge[] = [];
  for (const [count, device] of devices.entries()) {
    const found = placesOf(device, bySize);
    for (const index of found) members[index]?.push(device);
    if (found.length === 0) elsewhere.push(device);
    bridges.push(...found.slice(1).map((to, i): Bridge => ({ device: device.id, between: [found[i] as number, to] })));
    if (count % SLICE === SLICE - 1) yield;
  }
  return { members, elsewhere, bridges };
}

function smallestFirst(places: readonly Place[]) {
  const sizeOf = ({ ranges }: Place): bigint => ranges.reduce((sum, { first, last }) => sum + (last - first) + 1n, 0n);
  const sized = places.map((place, index) => ({ ranges: place.ranges, index, size: sizeOf(place) }));
  return sized.sort((a, b) => Number(a.size > b.size) - Number(a.size < b.size));
}

function placesOf({ addresses }: Device, bySize: readonly (Place & { readonly index: number })[]): number[] {
  const found = new Set<number>();
  for (const { address } of addresses) {
    const value = parseAddress(address);
    const place = value && bySize.find(({ ranges }) => rangesHold(ranges, value));
    if (place) found.add(place.index);
  }
  return [...found].sort((a, b) => a - b);
}
