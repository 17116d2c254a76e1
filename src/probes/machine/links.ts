import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalMac, type Mac } from '../../core/index.ts';
import { type AddressesOf, type LinkAddress, readAddresses } from './link-addresses.ts';

/** One interface at one moment. What this system does not tell is null. */
export interface Link {
  readonly iface: string;
  readonly mac: Mac | null;
  readonly addresses: readonly LinkAddress[];
  readonly loopback: boolean;
  /** Neighbours are found by hardware address (ARP, NDP). */
  readonly neighbourly: boolean | null;
  readonly up: boolean;
  readonly carrier: boolean | null;
  /** How often the cable went out or in since boot. */
  readonly carrierChanges: number | null;
}

/** Kernel interface flags (linux/if.h) and hardware types (linux/if_arp.h). */
const IFF = { up: 0x1, loopback: 0x8, noArp: 0x80 } as const;
const ARPHRD_ETHER = 1;

/** All interfaces. Without sysfs (macOS) only the running ones that have an address. */
export async function readLinks(sysfs: string, ip: string | null): Promise<readonly Link[]> {
  const addresses = await readAddresses(ip);
  const ifaces = interfacesIn(join(sysfs, 'class/net'));
  if (ifaces === null) return [...addresses].map(([iface, found]) => linkWithoutSysfs(iface, found));
  return ifaces.map((iface) => linkFromSysfs(join(sysfs, 'class/net', iface), iface, addresses.get(iface)));
}

function interfacesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isFile())
      .map((entry) => entry.name)
      .sort();
  } catch {
    return null;
  }
}

function linkFromSysfs(folder: string, iface: string, found: AddressesOf | undefined): Link {
  const flags = Number(attribute(folder, 'flags') ?? 0);
  const loopback = (flags & IFF.loopback) !== 0;
  return {
    iface,
    mac: canonicalMac(attribute(folder, 'address') ?? '') ?? null,
    addresses: found?.addresses ?? [],
    loopback,
    neighbourly: Number(attribute(folder, 'type')) === ARPHRD_ETHER && (flags & IFF.noArp) === 0,
    up: (flags & IFF.up) !== 0,
    // Reading "carrier" of an interface that is down fails; then there is none.
    carrier: attribute(folder, 'carrier') === '1',
    carrierChanges: countIn(attribute(folder, 'carrier_changes')),
  };
}

function linkWithoutSysfs(iface: string, found: AddressesOf): Link {
  const unknown = { neighbourly: null, carrier: null, carrierChanges: null };
  return { iface, mac: found.mac, addresses: found.addresses, loopback: found.loopback, up: true, ...unknown };
}

const countIn = (text: string | null): number | null => (text === null ? null : Number(text));

function attribute(folder: string, name: string): string | null {
  try {
    return readFileSync(join(folder, name), 'utf8').trim();
  } catch {
    return null;
  }
}
