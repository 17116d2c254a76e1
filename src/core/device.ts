import type { Address } from './address.ts';
import type { Clue } from './clue.ts';
import type { KnownName, PortState, Service } from './host.ts';
import { type Labels, NO_LABELS } from './labels.ts';
import type { Mac } from './mac.ts';
import { type PortSet, type Protocol, portsHold } from './ports.ts';
import type { PortTold, ServiceIdentity } from './serving.ts';
import type { Instant } from './time.ts';
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
  /** Under which of several hardware addresses it was seen there last, as long as that is remembered: it is not stored. */
  readonly mac?: Mac;
}

/** A port of which more is known than "closed". */
export interface DevicePort {
  readonly protocol: Protocol;
  readonly port: number;
  readonly state: PortState;
  readonly service: Service | null;
  /** When an open port was last asked what it serves, whether it answered or not; left out: not since it opened. */
  readonly checkedAt?: Instant;
  /** Who it showed itself to be; left out: nobody asked, or it showed nothing. */
  readonly serving?: ServiceIdentity;
  /** What was told of it already. */
  readonly told?: PortTold;
}

/** What we believe persists behind the hosts that answer. Lists are sorted; a device may have many of each. */
export interface Device {
  readonly id: DeviceId;
  readonly site: string;
  /** Of it or of whatever was merged into it. */
  readonly firstSeen: Instant;
  /** Its own, where something that was merged into it is older; left out where it is the same. */
  readonly ownFirstSeen?: Instant;
  readonly lastSeen: Instant;
  readonly presence: Presence;
  readonly macs: readonly DeviceMac[];
  /** Where it was last seen; an away device keeps its last addresses. */
  readonly addresses: readonly DeviceAddress[];
  readonly names: readonly KnownName[];
  /** Ports known to be anything but closed. */
  readonly ports: readonly DevicePort[];
  /** Ports ever asked: one that was asked and is not in `ports` is closed. */
  readonly asked: Readonly<Partial<Record<Protocol, PortSet>>>;
  readonly os: Untrusted | null;
  readonly clues: readonly Clue[];
  /** What people say of it; beats every finding. */
  readonly labels: Labels;
  /** How long its silences usually are; null: nothing was learned yet. */
  readonly rhythm: Rhythm | null;
  /** The device it turned out to be; it is then only kept to be able to take that back. */
  readonly mergedInto: DeviceId | null;
}

/**
 * How often a device was silent for how long while it was watched, and came back: counts by length, in classes that
 * double from a minute on ({@link SILENCE_CLASSES}: under 1 min, 1-2, 2-4, ..., over 2 days).
 */
export interface Rhythm {
  readonly silences: readonly number[];
}

export const SILENCE_CLASSES = 13;

/** What nobody said, learned or found out yet. */
export const NOTHING_LEARNED = { clues: [], labels: NO_LABELS, rhythm: null, mergedInto: null } as const satisfies Partial<Device>;

/** State of any port of a device: unknown unless somebody asked. */
export function portStateOf(device: Device, protocol: Protocol, port: number): PortState {
  const known = device.ports.find((entry) => entry.protocol === protocol && entry.port === port);
  if (known) return known.state;
  const asked = device.asked[protocol];
  return asked && portsHold(asked, port) ? 'closed' : 'unknown';
}

/** The name to show: the user's, else the best-ranked one, else none. */
export function deviceName(device: Device): string | null {
  return device.labels.alias ?? device.names[0]?.name ?? null;
}
