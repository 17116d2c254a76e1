import { type Address, type AddressRange, blockRange, mergeRanges, type Network, parseAddress, rangesHold } from '../../core/index.ts';

const LINK_LOCAL = blockRange({ family: 6, value: 0xfe80n << 112n }, 10);

/** Addresses that neighbours on an interface can have: those of its networks, and link-local ones. */
export function territoryOf(networks: readonly Network[], iface: string): readonly AddressRange[] {
  const own = networks.filter((network) => network.iface === iface && !network.loopback);
  return mergeRanges([LINK_LOCAL, ...own.map(({ range }) => range)]);
}

/** Whether a neighbour can have this address: not one from elsewhere, and not the network's first or last (IPv4), which are nobody's. */
export function isLocal(territory: readonly AddressRange[], address: Address): boolean {
  const value = parseAddress(address);
  if (value === undefined || !rangesHold(territory, value)) return false;
  const range = territory.find(({ family, first, last }) => family === value.family && first <= value.value && value.value <= last);
  const ends = value.family === 4 && range !== undefined && range.last - range.first > 1n;
  return !ends || (value.value !== range.first && value.value !== range.last);
}
