import type { Address } from './address.ts';
import type { HostName, PortState, Service } from './host.ts';
import type { Mac } from './mac.ts';
import { type PortSet, type Protocol, portsHold } from './ports.ts';
import type { Instant, Millis } from './time.ts';
import type { Untrusted } from './untrusted.ts';

export type DeviceId = number;

/** unknown: nobody whose silence counts has looked lately. */
export type Presence = 'present' | 'away' | 'unknown';

export interface DeviceMac {
  readonly mac: Mac;
  readonly vendor: Untrusted | null;
}

export interface DeviceAddress {
  readonly address: Address;
  readonly seenAt: Instant;
}

/** A port of which more is known than "closed". */
export interface DevicePort {
  readonly protocol: Protocol;
  readonly port: number;
  readonly state: PortState;
  readonly service: Service | null;
}

/** What we believe persists behind the hosts that answer. Lists are sorted; a device may have many of each. */
export interface Device {
  readonly id: DeviceId;
  readonly site: string;
  /** Name the user gave; beats every other. */
  readonly alias: string | null;
  /** Tolerance the user set for this device; null takes the target's or the site's. */
  readonly window: Millis | null;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly presence: Presence;
  readonly macs: readonly DeviceMac[];
  /** Where it was last seen; an away device keeps its last addresses. */
  readonly addresses: readonly DeviceAddress[];
  readonly names: readonly HostName[];
  /** Ports known to be anything but closed. */
  readonly ports: readonly DevicePort[];
  /** Ports ever asked: one that was asked and is not in `ports` is closed. */
  readonly asked: Readonly<Partial<Record<Protocol, PortSet>>>;
  readonly os: Untrusted | null;
}

/** State of any port of a device: unknown unless somebody asked. */
export function portStateOf(device: Device, protocol: Protocol, port: number): PortState {
  const known = device.ports.find((entry) => entry.protocol === protocol && entry.port === port);
  if (known) return known.state;
  const asked = device.asked[protocol];
  return asked && portsHold(asked, port) ? 'closed' : 'unknown';
}

/** The name to show: the user's, else the best-ranked one, else none. */
export function deviceName(device: Device): string | null {
  return device.alias ?? device.names[0]?.name ?? null;
}
