import {
  type Address,
  canonicalAddress,
  type HostName,
  type Millis,
  type NameSource,
  type Names,
  type Observation,
  TEXT_CAP,
  untrusted,
} from '../../core/index.ts';
import { type HostsFile, readHostsFile } from './hosts-file.ts';
import { type Lookup, openLookup } from './lookup.ts';
import { reverseName } from './reverse-name.ts';

export interface NamesOptions {
  /** Whether addresses are asked by DNS for their names. Host names of targets are resolved either way. */
  readonly enabled: boolean;
  /** "10.0.0.1", "10.0.0.1:53", "[fd00::1]:53"; empty: those of the system. */
  readonly servers?: readonly string[];
  /** For one try of one question. */
  readonly timeout?: Millis;
  /** Questions under way at once. */
  readonly parallel?: number;
  /** For all names of a scan together: a dead server costs this and no more. */
  readonly deadline?: Millis;
  readonly hostsFile?: string;
}

const DEFAULTS = { servers: [], timeout: 1500, parallel: 32, deadline: 5000, hostsFile: '/etc/hosts' } as const;

/** More names than these of one address are a joke or an attack. */
const NAMES_PER_ADDRESS = 8;
const ADDRESSES_PER_NAME = 64;

/** Names by the hosts file, then by DNS, within a bounded time; loopback addresses are nobody else's business. */
export function createNames(given: NamesOptions): Names {
  const options = { ...DEFAULTS, ...given };
  return {
    async addressesOf(hostname, signal) {
      const listed = (await readHostsFile(options.hostsFile)).addressesOf(hostname);
      if (listed.length > 0) return listed;
      const lookup = openLookup({ ...options, signal });
      const answers = await Promise.all([lookup.ask('A', hostname), lookup.ask('AAAA', hostname)]);
      lookup.close();
      return canonicalOnly(answers.flatMap((answer) => answer ?? []));
    },
    async nameAll(observations, signal) {
      const hosts = await readHostsFile(options.hostsFile);
      const lookup = openLookup({ ...options, signal });
      const nameOf = (address: Address): Promise<readonly HostName[] | null> => namesOf(address, hosts, options.enabled ? lookup : null);
      const named = await inParallel(observations, options.parallel, (seen) => withNames(seen, nameOf));
      lookup.close();
      return named;
    },
  };
}

function canonicalOnly(answers: readonly string[]): Address[] {
  return [...new Set(answers.flatMap((answer) => canonicalAddress(answer) ?? []))].slice(0, ADDRESSES_PER_NAME);
}

async function withNames(seen: Observation, nameOf: (address: Address) => Promise<readonly HostName[] | null>): Promise<Observation> {
  return seen.names === null ? { ...seen, names: await nameOf(seen.address) } : seen;
}

async function namesOf(address: Address, hosts: HostsFile, lookup: Lookup | null): Promise<readonly HostName[] | null> {
  const listed = hosts.namesOf(address);
  if (listed.length > 0 || isLoopback(address)) return hostNames(listed, 'hosts');
  const question = reverseName(address);
  const answer = lookup === null || question === undefined ? null : await lookup.ask('PTR', question);
  return answer === null ? null : hostNames(answer, 'dns');
}

const isLoopback = (address: Address): boolean => address === '::1' || address.startsWith('127.');

function hostNames(texts: readonly string[], source: NameSource): HostName[] {
  const clean = texts.map((text) => untrusted(text, TEXT_CAP.name).trim().replace(/\.$/, '')).filter((text) => text !== '');
  return [...new Set(clean)].slice(0, NAMES_PER_ADDRESS).map((name) => ({ name: untrusted(name), source }));
}

/** Maps with a bounded number of answers awaited at once; the order stays. */
async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = Array<R>(items.length);
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
