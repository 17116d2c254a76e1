import { readFile, stat } from 'node:fs/promises';
import { type Address, canonicalAddress } from '../../core/index.ts';

/** Both directions of a hosts file. */
export interface HostsFile {
  namesOf(address: Address): readonly string[];
  addressesOf(hostname: string): readonly Address[];
}

/** A hosts file beyond this (block lists have some megabytes) is not read whole on every look. */
const LARGEST = 4 * 1024 * 1024;

/** Reads a hosts file; one that is missing, unreadable or huge is empty. */
export async function readHostsFile(path: string): Promise<HostsFile> {
  try {
    const { size } = await stat(path);
    return parseHostsFile(size > LARGEST ? '' : await readFile(path, 'utf8'));
  } catch {
    return parseHostsFile('');
  }
}

export function parseHostsFile(text: string): HostsFile {
  const names = new Map<Address, string[]>();
  const addresses = new Map<string, Address[]>();
  for (const line of text.split('\n')) {
    const [first = '', ...rest] = (line.split('#')[0] as string).trim().split(/\s+/);
    const address = canonicalAddress(first);
    if (address === undefined) continue;
    for (const name of rest) {
      addTo(names, address, name);
      addTo(addresses, name.toLowerCase(), address);
    }
  }
  return { namesOf: (address) => names.get(address) ?? [], addressesOf: (hostname) => addresses.get(hostname.toLowerCase()) ?? [] };
}

function addTo(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
