import { type AddressRange, blockRange, formatAddress, type Network, parseAddress } from '../../core/index.ts';
import type { LinkAddress } from './link-addresses.ts';
import type { Link } from './links.ts';

const LINK_LOCAL = blockRange({ family: 6, value: 0xfe80n << 112n }, 10);

/**
 * The networks behind these interfaces. Not named: lone addresses (/32, /128) of anything but loopback, and
 * fe80::/64, which every interface has and which says nothing about where it leads.
 */
export function networksOf(links: readonly Link[]): Network[] {
  const networks = links.flatMap((link) => link.addresses.flatMap((address) => networkOf(link, address)));
  return networks.filter((network, i) => networks.findIndex((other) => sameNetwork(other, network)) === i);
}

function networkOf({ iface, loopback }: Link, { address, prefix }: LinkAddress): Network[] {
  const value = parseAddress(address);
  if (value === undefined) return [];
  const range = blockRange(value, prefix);
  if (!loopback && (range.first === range.last || isLinkLocal(range))) return [];
  return [{ iface, block: `${formatAddress({ family: range.family, value: range.first })}/${prefix}`, range, loopback }];
}

const isLinkLocal = ({ family, first, last }: AddressRange): boolean =>
  family === LINK_LOCAL.family && first >= LINK_LOCAL.first && last <= LINK_LOCAL.last;

const sameNetwork = (a: Network, b: Network): boolean => a.iface === b.iface && a.block === b.block;
