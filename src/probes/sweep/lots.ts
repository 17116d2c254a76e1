import { type AddressRange, mergeRanges, subtractRanges } from '../../core/index.ts';
import { intersectRanges, type Part } from '../vantage/parts.ts';
import type { Snapshot } from '../vantage/self-check.ts';

/** Neighbours to ask by ARP through one interface. */
export interface ArpLot {
  readonly iface: string;
  readonly ranges: readonly AddressRange[];
}

/** Who is asked in which way; every address is in exactly one. */
export interface Lots {
  readonly arp: readonly ArpLot[];
  /** IPv6 networks too large to ask each address, by interface. */
  readonly vast: readonly ArpLot[];
  readonly rest: readonly AddressRange[];
}

/** More IPv6 addresses than this in one network are never asked one by one. */
const MOST_ASKED = 4096n;

/** `frames`: raw frames may be sent. Our own address goes with the network it is in: alone it would prove nothing. */
export function lotsOf(parts: readonly Part[], { links }: Snapshot, frames: boolean): Lots {
  const neighbourly = new Set(links.filter((link) => link.neighbourly === true).map(({ iface }) => iface));
  const attached = parts.filter(({ reach, iface }) => reach === 'attached' && iface !== null && neighbourly.has(iface));
  const byArp = frames ? attached.filter(({ family }) => family === 4) : [];
  const vast = attached.filter(({ family, ranges }) => family === 6 && sizeOf(ranges) > MOST_ASKED);
  let own: readonly AddressRange[] = parts.filter(({ reach }) => reach === 'self').flatMap(({ ranges }) => ranges);
  const take = (part: Part): ArpLot => {
    const within = part.network === null ? [] : intersectRanges(own, [part.network]);
    own = subtractRanges(own, within);
    return { iface: part.iface as string, ranges: mergeRanges([...part.ranges, ...within]) };
  };
  const lots = { arp: byArp.map(take), vast: vast.map(take) };
  const taken = [...lots.arp, ...lots.vast].flatMap(({ ranges }) => ranges);
  return {
    ...lots,
    rest: subtractRanges(
      parts.flatMap(({ ranges }) => ranges),
      taken,
    ),
  };
}

const sizeOf = (ranges: readonly AddressRange[]): bigint => ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
