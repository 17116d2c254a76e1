import type { Address } from './address.ts';
import type { Clue } from './clue.ts';
import type { Mac } from './mac.ts';
import type { PortSet, Protocol } from './ports.ts';
import type { ServiceIdentity } from './serving.ts';
import type { Instant } from './time.ts';
import type { Untrusted } from './untrusted.ts';

/** nmap's port states; "unknown" is ours: nobody asked, or the answer was lost. */
export type PortState = 'open' | 'closed' | 'filtered' | 'unfiltered' | 'open|filtered' | 'closed|filtered' | 'unknown';

/** What listens on a port. Empty text means the scan did not learn it. */
export interface Service {
  readonly name: Untrusted;
  readonly product: Untrusted;
  readonly version: Untrusted;
  readonly extra: Untrusted;
  /** "ssl" when the service speaks through TLS, else empty. */
  readonly tunnel: Untrusted;
  /** Whether the service was asked (-sV) or the name only guessed from the port number. */
  readonly method: 'probed' | 'table';
}

export interface PortSeen {
  readonly protocol: Protocol;
  readonly port: number;
  readonly state: PortState;
  readonly service: Service | null;
  /** Who it showed itself to be; left out: nobody asked, or it did not answer. */
  readonly serving?: ServiceIdentity;
}

/** Ports a scan asked but did not list one by one ("Not shown: 995 closed ports"). */
export interface UnlistedPorts {
  readonly protocol: Protocol;
  readonly state: PortState;
  readonly count: number;
  /** Which ones exactly, when the tool said so. */
  readonly ports: PortSet | null;
}

/** Where a name came from; the order is the rank, best first. */
export const NAME_SOURCES = ['user', 'dhcp', 'mdns', 'netbios', 'llmnr', 'dns', 'hosts', 'scan'] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

export interface HostName {
  readonly name: Untrusted;
  readonly source: NameSource;
}

/** A name that a device is known by. */
export interface KnownName extends HostName {
  /** Since when this source has called it so; left out where nobody knows. */
  readonly since?: Instant;
  /** When the source said so last, as long as that is remembered: it is not stored. */
  readonly heardAt?: Instant;
}

/** One host as one scan saw it. */
export interface Observation {
  readonly address: Address;
  readonly mac: Mac | null;
  /** Maker of the network card, as the tool or the registry names it. */
  readonly vendor: Untrusted | null;
  /** null: nobody answered the question; empty: answered "none". */
  readonly names: readonly HostName[] | null;
  /** Who answered, with none included; left out: those whose names these are. */
  readonly namesFrom?: readonly NameSource[];
  /** Why the tool took it for up: arp-response, echo-reply, syn-ack, localhost-response, ... */
  readonly reason: string;
  readonly seenAt: Instant;
  readonly ports: readonly PortSeen[];
  readonly unlisted: readonly UnlistedPorts[];
  /** The tool gave up on it: it is there, but its ports are unknown. */
  readonly timedOut: boolean;
  readonly os: Untrusted | null;
  /** What else it let slip; left out by ways of looking that find no clues. */
  readonly clues?: readonly Clue[];
}
