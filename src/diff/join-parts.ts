import {
  byAddress,
  byMac,
  byPort,
  byRank,
  type Device,
  type PortRange,
  type PortSet,
  type Protocol,
  type ViewDevice,
  type ViewEntry,
} from '../core/index.ts';
import { listedPorts, widenAsked } from './look-ports.ts';
import { type Claims, evidenceOf, mayBeSame } from './pair-entries.ts';

/** Entries of one side without a pair, and those of the other side by whom they are judged. */
export interface Rest {
  readonly alone: readonly number[];
  readonly mine: readonly ViewEntry[];
  readonly others: readonly ViewEntry[];
  /** Who of the others has which id, MAC or address. */
  readonly holders: Claims;
  /** The pair of each of the others. */
  readonly pairOf: ReadonlyMap<number, number>;
}

export interface Joined {
  readonly alone: readonly number[];
  /** More entries of a device, by the one that has a pair. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

/**
 * Entries that are only a part of a device, which the other side knows as one: by its id, its MAC or its addresses. One side saw by its MAC that two addresses are one device; the other side saw
 * no MAC, and has two: the second of them has neither appeared nor left.
 */
export function joinParts(rest: Rest): Joined {
  const parts = new Map<number, number[]>();
  const alone = rest.alone.filter((place) => {
    const whole = wholeOf(place, rest);
    if (whole === undefined) return true;
    const known = parts.get(whole);
    if (known) known.push(place);
    else parts.set(whole, [place]);
    return false;
  });
  return { alone, parts };
}

/** The paired entry whose device this one belongs to: nothing may speak against it, on either side. */
function wholeOf(place: number, { mine, others, holders, pairOf }: Rest): number | undefined {
  const entry = mine[place] as ViewEntry;
  return evidenceOf(entry)
    .flatMap((key) => holders.get(key) ?? [])
    .filter((holder) => mayBeSame(entry, others[holder] as ViewEntry))
    .map((holder) => pairOf.get(holder))
    .find((whole) => whole !== undefined && mayBeSame(entry, mine[whole] as ViewEntry));
}

/** The parts of a device as one: it is open where any part is, and was asked what all of them were. */
export function joinDevices(parts: readonly [ViewDevice, ...ViewDevice[]]): ViewDevice {
  const [{ device }, ...others] = parts;
  if (others.length === 0) return parts[0];
  const devices = parts.map((part) => part.device);
  const ports = listedPorts(devices.flatMap((one) => one.ports));
  return {
    device: {
      ...device,
      macs: distinct(
        devices.flatMap(({ macs }) => macs),
        ({ mac }) => mac,
      ).sort(byMac),
      addresses: distinct(
        devices.flatMap(({ addresses }) => addresses),
        ({ address }) => address,
      ).sort(byAddress),
      names: distinct(devices.flatMap(({ names }) => names).sort(byRank), ({ name }) => name),
      ports: [...ports.values()].sort(byPort),
      asked: widenAsked(askedOfAll(devices), {}, [...ports.values()]),
      os: devices.find(({ os }) => os !== null)?.os ?? null,
    },
    unlisted: parts.flatMap(({ unlisted }) => unlisted),
    scripts: parts.flatMap(({ scripts }) => scripts),
  };
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const found = new Map<string, T>();
  for (const item of items) if (!found.has(keyOf(item))) found.set(keyOf(item), item);
  return [...found.values()];
}

function askedOfAll(devices: readonly Device[]): Device['asked'] {
  const [first, ...others] = devices.map(({ asked }) => asked);
  const asked = Object.entries(first ?? {}).map(([protocol, ports]): [string, PortSet] => [
    protocol,
    others.reduce<PortSet>((left, more) => inBoth(left, more[protocol as Protocol] ?? []), ports),
  ]);
  return Object.fromEntries(asked.filter(([, ports]) => ports.length > 0));
}

/** One walk along both, for a hostile file may hold every other port. */
function inBoth(a: PortSet, b: PortSet): PortSet {
  const both: PortRange[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [[from, to], [first, last]] = [a[i] as PortRange, b[j] as PortRange];
    if (Math.max(from, first) <= Math.min(to, last)) both.push([Math.max(from, first), Math.min(to, last)]);
    if (to < last) i++;
    else j++;
  }
  return both;
}
