import {
  type Address,
  type AddressRange,
  type Family,
  mergeRanges,
  type Network,
  type PortsAsked,
  parseAddress,
  rangesHold,
  subtractRanges,
} from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import type { Route } from '../machine/routes.ts';

/**
 * How nmap gets there. `self`: this machine's own addresses. `attached`: neighbours, asked by ARP or NDP.
 * `routed`: behind a router. `unreachable`: the kernel has no way.
 */
export type Reach = 'self' | 'attached' | 'routed' | 'unreachable';

/** What one nmap looks at: addresses of one family reached one way through one interface. */
export interface Part {
  readonly reach: Reach;
  readonly family: Family;
  /**
   * Pinned with -e. null where the way is not known, and for `self`: there the kernel takes a short cut, while an
   * nmap with -e asks the wire and finds nobody.
   */
  readonly iface: string | null;
  /** The network the interface must have an address in; null when any address will do. */
  readonly network: AddressRange | null;
  /** Sorted and disjoint. */
  readonly ranges: readonly AddressRange[];
  /** These ports and no others, in place of the plan's. */
  readonly ports?: PortsAsked;
}

/** What the split goes by. */
export interface Ground {
  readonly links: readonly Link[];
  /** Networks this machine stands in. */
  readonly networks: readonly Network[];
  /** Networks it stood in at an earlier look; one of them that is missing now is a lost network, not a routed one. */
  readonly remembered: readonly Network[];
  /** Best match first; null where the system does not show its table. */
  readonly routes: readonly Route[] | null;
}

type Claim = Omit<Part, 'family'>;

/**
 * Splits addresses by the way they are reached; every address ends in exactly one part. A pinned interface
 * takes all but this machine's own addresses, whatever the routing table says.
 */
export function partsOf(addresses: readonly AddressRange[], pinned: string | null, ground: Ground): Part[] {
  const parts: Part[] = [];
  let left: readonly AddressRange[] = mergeRanges(addresses);
  for (const claim of [ownAddresses(ground.links), ...networkClaims(pinned, ground), ...wayClaims(pinned, ground.routes)]) {
    const taken = intersectRanges(left, claim.ranges);
    left = subtractRanges(left, taken);
    addPart(parts, claim, taken);
  }
  addPart(parts, { reach: ground.routes === null ? 'routed' : 'unreachable', iface: null, network: null, ranges: [] }, left);
  // Own addresses last: they answer even where the network is dead, and then say nothing about it.
  return [...parts.filter(({ reach }) => reach !== 'self'), ...parts.filter(({ reach }) => reach === 'self')];
}

export function intersectRanges(a: readonly AddressRange[], b: readonly AddressRange[]): AddressRange[] {
  return subtractRanges(a, subtractRanges(a, b));
}

/** Whether merged ranges hold an address given as text. */
export function holds(ranges: readonly AddressRange[], address: Address): boolean {
  const value = parseAddress(address);
  return value !== undefined && rangesHold(ranges, value);
}

/** Adds what a claim took, a part per family; takings with the same way join one part. */
function addPart(parts: Part[], claim: Claim, taken: readonly AddressRange[]): void {
  for (const family of [4, 6] as const) {
    const ranges = taken.filter((range) => range.family === family);
    if (ranges.length === 0) continue;
    const same = parts.findIndex((part) => part.family === family && sameWay(part, claim));
    const before = parts[same]?.ranges ?? [];
    const part = { ...claim, family, ranges: mergeRanges([...before, ...ranges]) };
    if (same === -1) parts.push(part);
    else parts[same] = part;
  }
}

const sameWay = (a: Claim, b: Claim): boolean => a.reach === b.reach && a.iface === b.iface && a.network?.first === b.network?.first;

/** Loopback networks and every address of an interface. */
function ownAddresses(links: readonly Link[]): Claim {
  const own = links.flatMap((link) => link.addresses.flatMap(({ address }) => singleRange(address)));
  return { reach: 'self', iface: null, network: null, ranges: mergeRanges([...LOOPBACK, ...own]) };
}

const LOOPBACK: readonly AddressRange[] = [
  { family: 4, first: 0x7f000000n, last: 0x7fffffffn },
  { family: 6, first: 1n, last: 1n },
];

/** Whether all addresses are this machine's own. */
export function isOwn(ranges: readonly AddressRange[], links: readonly Link[]): boolean {
  return subtractRanges(ranges, ownAddresses(links).ranges).length === 0;
}

/** Whether all addresses are this machine's loopback. */
export function isLoopback(ranges: readonly AddressRange[]): boolean {
  return subtractRanges(ranges, LOOPBACK).length === 0;
}

function singleRange(address: string): AddressRange[] {
  const value = parseAddress(address);
  return value === undefined ? [] : [{ family: value.family, first: value.value, last: value.value }];
}

/** The smallest network first; of two interfaces in one network, the one that works; lost networks last. */
function networkClaims(pinned: string | null, { links, networks, remembered }: Ground): Claim[] {
  const sorted = [...networks].sort((a, b) => sizeOrder(a, b) || liveliness(links, b) - liveliness(links, a));
  return [...sorted, ...remembered]
    .filter(({ iface, loopback }) => !loopback && (pinned === null || pinned === iface))
    .map(({ iface, range }) => ({ reach: 'attached', iface, network: range, ranges: [range] }));
}

function sizeOrder(a: Network, b: Network): number {
  const difference = a.range.last - a.range.first - (b.range.last - b.range.first);
  return difference < 0n ? -1 : Number(difference > 0n);
}

function liveliness(links: readonly Link[], { iface }: Network): number {
  const link = links.find((candidate) => candidate.iface === iface);
  return (link?.up ? 1 : 0) + (link?.carrier === false ? 0 : 1);
}

function wayClaims(pinned: string | null, routes: readonly Route[] | null): Claim[] {
  if (pinned === null) return (routes ?? []).map(claimOfRoute);
  return [
    { reach: 'attached', iface: pinned, network: null, ranges: [LINK_LOCAL] },
    { reach: 'routed', iface: pinned, network: null, ranges: EVERYTHING },
  ];
}

function claimOfRoute({ rejects, gateway, iface, range }: Route): Claim {
  if (rejects) return { reach: 'unreachable', iface: null, network: null, ranges: [range] };
  return { reach: gateway ? 'routed' : 'attached', iface, network: null, ranges: [range] };
}

/** fe80::/10 is always on the link itself. */
const LINK_LOCAL: AddressRange = { family: 6, first: 0xfe80n << 112n, last: (0xfec0n << 112n) - 1n };

const EVERYTHING: readonly AddressRange[] = [
  { family: 4, first: 0n, last: (1n << 32n) - 1n },
  { family: 6, first: 0n, last: (1n << 128n) - 1n },
];
