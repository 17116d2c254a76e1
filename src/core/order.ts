import { type Address, parseAddress } from './address.ts';
import type { HostName, NameSource } from './host.ts';
import type { Protocol } from './ports.ts';

/** The fixed order of a device's lists, so that the same beliefs always look the same. */

const RANK: Readonly<Record<NameSource, number>> = { user: 0, dhcp: 1, mdns: 2, netbios: 3, llmnr: 4, dns: 5, hosts: 6, scan: 7 };

/** IPv4 first, then by value. */
export function byAddress(a: { readonly address: Address }, b: { readonly address: Address }): number {
  const [left, right] = [parseAddress(a.address), parseAddress(b.address)];
  if (!left || !right) return byText(a.address, b.address);
  if (left.family !== right.family) return left.family - right.family;
  if (left.value === right.value) return 0;
  return left.value < right.value ? -1 : 1;
}

export function byMac(a: { readonly mac: string }, b: { readonly mac: string }): number {
  return byText(a.mac, b.mac);
}

/** Best source first, so that the first name is the one to show. */
export function byRank(a: HostName, b: HostName): number {
  return RANK[a.source] - RANK[b.source] || byText(a.name, b.name);
}

export function byPort(a: { protocol: Protocol; port: number }, b: { protocol: Protocol; port: number }): number {
  return byText(a.protocol, b.protocol) || a.port - b.port;
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
