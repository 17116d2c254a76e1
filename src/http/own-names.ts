import { networkInterfaces } from 'node:os';
import { LOOPBACK_NAMES } from './guards/host.ts';

/** Names a Host header may call us by. */
export type OwnNames = Pick<ReadonlySet<string>, 'has'>;

/** To be listened to on every address is to be reached on none of that name. */
const NEAREST: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

const isWildcard = (host: string): boolean => Object.hasOwn(NEAREST, host);

/** Where this machine itself reaches what listens on that host. */
export const nearest = (host: string): string => NEAREST[host] ?? host;

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host.toLowerCase());

/**
 * What a door on that host is called by, beside what its owner says. On every address it is each address of this machine, as it has
 * them then: whoever calls by address was not sent here by a foreign name.
 */
export function ownNames(host: string, hosts: readonly string[], addresses: () => readonly string[] = ownAddresses): OwnNames {
  const fixed = new Set<string>([...LOOPBACK_NAMES, ...hosts.map((name) => name.toLowerCase())]);
  if (!isWildcard(host)) fixed.add(bracketed(host));
  return { has: (name) => fixed.has(name) || (isWildcard(host) && addresses().some((address) => bracketed(address) === name)) };
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address.replace(/%.*$/, '')));
