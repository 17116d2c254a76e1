import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Address, type AddressRange, blockRange, type Family, formatAddress, parseAddress } from '../../core/index.ts';

/** One line of the kernel's main routing table. */
export interface Route {
  readonly iface: string;
  readonly range: AddressRange;
  readonly prefix: number;
  readonly metric: number;
  /** Through a router rather than straight to the neighbour. */
  readonly gateway: boolean;
  /** That router; null where it is straight to the neighbour. */
  readonly via: Address | null;
  /** The kernel refuses to send there (blackhole, unreachable). */
  readonly rejects: boolean;
}

/** Flags of linux/route.h. */
const RTF = { up: 0x1, gateway: 0x2, reject: 0x200 } as const;

/** Both tables, best match first; null where there is no procfs. */
export function readRoutes(procfs: string): readonly Route[] | null {
  const v4 = contents(join(procfs, 'net/route'));
  const v6 = contents(join(procfs, 'net/ipv6_route'));
  if (v4 === null && v6 === null) return null;
  return [...parseRoutes4(v4 ?? ''), ...parseRoutes6(v6 ?? '')].sort(bestFirst);
}

const bestFirst = (a: Route, b: Route): number => b.prefix - a.prefix || a.metric - b.metric;

function contents(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** /proc/net/route: Iface Destination Gateway Flags RefCnt Use Metric Mask ..., words in little-endian hex. */
export function parseRoutes4(text: string): Route[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [iface, destination, hop, flags, , , metric, mask] = line.trim().split(/\s+/);
      if (iface === undefined || !isWord(destination) || !isWord(mask)) return [];
      const bits = littleEndian(mask).toString(2).padStart(32, '0');
      // A mask with holes is no prefix; the kernel has not taken one for decades.
      const prefix = /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : Number.NaN;
      const to = { family: 4 as const, value: BigInt(littleEndian(destination)), hop: isWord(hop) ? BigInt(littleEndian(hop)) : 0n };
      return routeOf({ iface, ...to, prefix, flags: flags ?? '', metric: Number(metric) });
    });
}

const isWord = (text: string | undefined): text is string => /^[0-9a-f]{8}$/i.test(text ?? '');

const littleEndian = (hex: string): number => Number.parseInt(hex.match(/../g)?.toReversed().join('') ?? '', 16);

/** /proc/net/ipv6_route: destination, its prefix, source, its prefix, next hop, metric, refs, use, flags, iface; all hex. */
export function parseRoutes6(text: string): Route[] {
  return text.split('\n').flatMap((line) => {
    const [destination, prefix, , , next, metric, , , flags, iface] = line.trim().split(/\s+/);
    if (destination === undefined || iface === undefined || !/^[0-9a-f]{32}$/.test(destination)) return [];
    const value = BigInt(`0x${destination}`);
    const facts = { prefix: Number.parseInt(prefix ?? '', 16), metric: Number.parseInt(metric ?? '', 16) };
    const hop = /^[0-9a-f]{32}$/.test(next ?? '') ? BigInt(`0x${next}`) : 0n;
    return routeOf({ iface, family: 6, value, hop, flags: flags ?? '', ...facts });
  });
}

interface RouteFacts {
  readonly iface: string;
  readonly family: Family;
  readonly value: bigint;
  /** 0: none. */
  readonly hop: bigint;
  readonly prefix: number;
  readonly flags: string;
  readonly metric: number;
}

function routeOf({ iface, family, value, hop, prefix, flags, metric }: RouteFacts): Route[] {
  const bits = Number.parseInt(flags, 16);
  // A rejecting route is not marked up, yet the kernel obeys it.
  if ((bits & (RTF.up | RTF.reject)) === 0 || !(prefix >= 0 && prefix <= (family === 4 ? 32 : 128))) return [];
  const range = blockRange({ family, value }, prefix);
  const gateway = (bits & RTF.gateway) !== 0;
  const via = gateway && hop !== 0n ? formatAddress({ family, value: hop }) : null;
  return [{ iface, range, prefix, metric, gateway, via, rejects: (bits & RTF.reject) !== 0 }];
}

/** The route the kernel would take, or undefined when it has none. Routes must come best match first. */
export function routeTo(routes: readonly Route[], address: Address): Route | undefined {
  const value = parseAddress(address);
  if (value === undefined) return undefined;
  const route = routes.find(({ range }) => range.family === value.family && range.first <= value.value && value.value <= range.last);
  return route?.rejects ? undefined : route;
}
