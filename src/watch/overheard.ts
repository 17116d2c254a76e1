import {
  type Address,
  type AddressRange,
  type Clue,
  type Device,
  type HostName,
  type Instant,
  type Mac,
  type Millis,
  mergeClues,
  NAME_SOURCES,
  type Observation,
  parseAddress,
  rangesHold,
  type Sighting,
  type Untrusted,
} from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';

/** What a sighting says that was not known, or why it says nothing. */
export type Overheard =
  | {
      readonly news: true;
      readonly reason: 'a stranger' | 'it is back' | 'at another address' | 'new words of it' | 'sweeps do not see it';
    }
  | { readonly news: false; readonly reason: 'no address yet' | 'not watched' | 'seen lately' };

/** Where sightings count: what is watched on the wire they were heard on. */
export interface EarShot {
  /** Watched addresses. */
  readonly ranges: readonly AddressRange[];
  /** All of the wire's own network is watched, so that a stranger without an IPv4 address counts too. */
  readonly whole: boolean;
}

/** Who is seen by sweeps needs no word from the wire; one that they miss does. */
const LATELY: Millis = 90_000;

export function judgeSighting(
  { mac, address, names, clues }: Sighting,
  { roll, earShot, at }: { readonly roll: Roll; readonly earShot: EarShot; readonly at: Instant },
): Overheard {
  if (address === null) return { news: false, reason: 'no address yet' };
  const device = holderOf(roll, mac);
  if (!isWatched(address, device, earShot)) return { news: false, reason: 'not watched' };
  if (device === undefined) return { news: true, reason: 'a stranger' };
  if (device.presence !== 'present') return { news: true, reason: 'it is back' };
  if (device.addresses.every((entry) => entry.address !== address)) return { news: true, reason: 'at another address' };
  if (names.some((name) => !hasName(device, name)) || mergeClues(device.clues, clues) !== device.clues)
    return { news: true, reason: 'new words of it' };
  return at - device.lastSeen > LATELY ? { news: true, reason: 'sweeps do not see it' } : { news: false, reason: 'seen lately' };
}

function isWatched(address: Address, device: Device | undefined, { ranges, whole }: EarShot): boolean {
  const value = parseAddress(address);
  if (value === undefined) return false;
  if (rangesHold(ranges, value)) return true;
  // A target names IPv4 addresses; who lives there has others too.
  return value.family === 6 && (whole || device !== undefined);
}

/** Whether it is known by that name, from a source as good. */
export const hasName = ({ names }: Pick<Device, 'names'>, { name, source }: HostName): boolean =>
  names.some((known) => known.name === name && NAME_SOURCES.indexOf(known.source) <= NAME_SOURCES.indexOf(source));

/** Looked up for every frame, and as long as nothing is committed in the same roll. */
const indexes = new WeakMap<Roll, ReadonlyMap<Mac, Device>>();

export function holderOf(roll: Roll, mac: Mac): Device | undefined {
  const known =
    indexes.get(roll) ?? new Map([...roll.devices.values()].flatMap((device) => device.macs.map((entry) => [entry.mac, device])));
  indexes.set(roll, known);
  return known.get(mac);
}

/** Sightings as observations, one for each card at each address; what a card said before it had an address goes with it. */
export function observationsOf(sightings: readonly Sighting[], vendorOf: (mac: Mac) => Untrusted | null): Observation[] {
  const byMac = Map.groupBy(sightings, ({ mac }) => mac);
  return [...byMac].flatMap(([mac, own]) => {
    const [first, ...others] = [...Map.groupBy(own, ({ address }) => address)].filter(([address]) => address !== null);
    if (!first) return [];
    const words = wordsOf(own);
    return [first, ...others].map(([address, heard], i) => ({
      address: address as Address,
      mac,
      vendor: vendorOf(mac),
      reason: `${heard[0]?.way ?? 'frame'}-heard`,
      seenAt: Math.max(...heard.map(({ at }) => at)),
      ...(i === 0 ? words : { names: null }),
      ports: [],
      unlisted: [],
      timedOut: false,
      os: null,
    }));
  });
}

function wordsOf(sightings: readonly Sighting[]): { names: readonly HostName[] | null; clues: readonly Clue[] } {
  const names = new Map(sightings.flatMap((sighting) => sighting.names.map((name) => [`${name.source} ${name.name}`, name])));
  const clues = mergeClues(
    [],
    sightings.flatMap((sighting) => sighting.clues),
  );
  return { names: names.size === 0 ? null : [...names.values()], clues };
}
