import {
  type Clue,
  canonicalAddress,
  canonicalMac,
  type HostName,
  mergeClues,
  type Observation,
  TEXT_CAP,
  untrusted,
} from '../core/index.ts';
import { portsOf, unlistedOf } from './observed-ports.ts';
import type { XmlAddress, XmlHost, XmlHostname, XmlOsMatch } from './xml-host.ts';

/**
 * What the scan saw of one host, cleaned and capped. null when the host is not up, or has no address that is one.
 * Of a host that nmap gave up on only its presence is kept: its ports are unknown, not closed (R8).
 */
export function observationOf(host: XmlHost, seenAt: number): Observation | null {
  const address = addressOf(host.addresses);
  if (host.state !== 'up' || address === null) return null;
  const card = cardOf(host.addresses);
  return {
    address,
    mac: card?.mac ?? null,
    vendor: card?.vendor ? untrusted(card.vendor) : null,
    names: namesOf(host.hostnames),
    reason: untrusted(host.reason ?? ''),
    seenAt,
    ports: host.timedOut ? [] : portsOf(host),
    unlisted: host.timedOut ? [] : unlistedOf(host),
    timedOut: host.timedOut,
    os: osOf(host.osMatches),
    ...cluesOf(host),
  };
}

/** "256 SHA256:nv2Bz81Y... (ED25519)", or as nmap prints it unasked "2048 f0:58:ce:...:11 (RSA)". */
const KEY = /^\s*\d+ (?:(SHA256:[A-Za-z0-9+/]{43})|((?:[0-9a-f]{2}:){15}[0-9a-f]{2})) \(/gm;

/** Host keys of its SSH servers, where a script asked for them; left out when there are none. */
function cluesOf({ ports, timedOut }: XmlHost): Pick<Observation, 'clues'> {
  const printed = timedOut ? [] : ports.flatMap(({ scripts }) => scripts.filter(({ id }) => id === 'ssh-hostkey'));
  const keys = printed.flatMap(({ output }) => [...output.matchAll(KEY)].map(([, sha, md5]) => sha ?? `MD5:${md5}`));
  if (keys.length === 0) return {};
  return {
    clues: mergeClues(
      [],
      keys.map((key): Clue => ({ kind: 'ssh.key', value: untrusted(key) })),
    ),
  };
}

/** The first IPv4 address, else the first IPv6 address. */
function addressOf(addresses: readonly XmlAddress[]): string | null {
  const canonical = addresses.filter(({ type }) => type !== 'mac').flatMap(({ addr }) => canonicalAddress(addr) ?? []);
  return canonical.find((address) => !address.includes(':')) ?? canonical[0] ?? null;
}

function cardOf(addresses: readonly XmlAddress[]): { mac: string; vendor: string | null } | null {
  for (const { addr, type, vendor } of addresses) {
    const mac = type === 'mac' ? canonicalMac(addr) : undefined;
    if (mac) return { mac, vendor };
  }
  return null;
}

/** null when there are none: nmap does not say whether it asked (-n). A name found both ways counts by its better source. */
function namesOf(hostnames: readonly XmlHostname[]): HostName[] | null {
  const names = new Map<string, HostName>();
  for (const { name: text, type } of hostnames) {
    const name = untrusted(text, TEXT_CAP.name);
    const source = type === 'user' ? 'scan' : 'dns';
    if (name !== '' && names.get(name)?.source !== 'dns') names.set(name, { name, source });
  }
  const found = [...names.values()];
  return found.length > 0 ? [...found.filter(({ source }) => source === 'dns'), ...found.filter(({ source }) => source === 'scan')] : null;
}

/** The likeliest one; the first of equals. */
function osOf(matches: readonly XmlOsMatch[]): Observation['os'] {
  const [best] = [...matches].sort((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0));
  return best ? untrusted(best.name) : null;
}
