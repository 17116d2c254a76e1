import { execFile } from 'node:child_process';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { canonicalAddress, canonicalMac, type Mac } from '../../core/index.ts';
import { PLAIN_ENVIRONMENT } from './tools.ts';

/** An address of an interface, with the length of its network's prefix. */
export interface LinkAddress {
  readonly address: string;
  readonly prefix: number;
}

/** Addresses of one interface. */
export interface AddressesOf {
  readonly mac: Mac | null;
  readonly loopback: boolean;
  readonly addresses: readonly LinkAddress[];
}

/**
 * Addresses by interface, asked of iproute2 where it is installed: libuv (os.networkInterfaces) hides
 * interfaces that are down or have no carrier, and those are the very ones the self-check is after.
 */
export async function readAddresses(ip: string | null): Promise<Map<string, AddressesOf>> {
  const printed = ip === null ? null : await runIp(ip);
  const parsed = printed === null ? null : parseIpAddr(printed);
  return parsed ?? fromLibuv(networkInterfaces());
}

function runIp(ip: string): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { env: PLAIN_ENVIRONMENT, timeout: 2000, maxBuffer: 16 * 1024 * 1024 };
    execFile(ip, ['-j', 'addr', 'show'], options, (failure, stdout) => resolve(failure === null ? stdout : null));
  });
}

interface IpLink {
  readonly ifname?: string;
  readonly address?: string;
  readonly flags?: readonly string[];
  readonly addr_info?: readonly { readonly local?: string; readonly prefixlen?: number }[];
}

/** What `ip -j addr` prints; null when it is not what it should be (an iproute2 without JSON, busybox). */
export function parseIpAddr(text: string): Map<string, AddressesOf> | null {
  let links: unknown;
  try {
    links = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(links)) return null;
  return new Map((links as IpLink[]).filter((link) => typeof link.ifname === 'string').map(ipLink));
}

function ipLink(link: IpLink): [string, AddressesOf] {
  const addresses = (link.addr_info ?? []).flatMap(({ local, prefixlen }) => linkAddress(local, prefixlen));
  const loopback = link.flags?.includes('LOOPBACK') ?? false;
  return [link.ifname as string, { mac: canonicalMac(link.address ?? '') ?? null, loopback, addresses }];
}

function linkAddress(text: string | undefined, prefix: number | undefined): LinkAddress[] {
  const address = canonicalAddress(text ?? '');
  return address === undefined || prefix === undefined ? [] : [{ address, prefix }];
}

export function fromLibuv(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): Map<string, AddressesOf> {
  const found = new Map<string, AddressesOf>();
  for (const [iface, entries = []] of Object.entries(interfaces)) {
    const addresses = entries.flatMap(({ address, cidr }) => linkAddress(address.split('%')[0], Number(cidr?.split('/')[1])));
    found.set(iface, { mac: canonicalMac(entries[0]?.mac ?? '') ?? null, loopback: entries[0]?.internal ?? false, addresses });
  }
  return found;
}
