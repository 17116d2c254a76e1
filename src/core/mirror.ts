import type { Address } from './address.ts';
import type { Device, DeviceId, Presence } from './device.ts';
import type { Incident, IncidentId } from './incident.ts';
import type { DeviceType } from './labels.ts';
import type { Mac } from './mac.ts';
import type { Target } from './target.ts';
import type { Instant, StopSignal } from './time.ts';

/** A device as another program sees it. All text in it may be foreign. The same object as long as nothing of it changes. */
export interface MirroredDevice {
  readonly id: DeviceId;
  readonly name: string | null;
  readonly hostname: string | null;
  readonly presence: Presence;
  /** Where it was seen last. */
  readonly address: Address | null;
  readonly macs: readonly Mac[];
  readonly vendor: string | null;
  readonly type: DeviceType | null;
  readonly owner: string | null;
  readonly groups: readonly string[];
  readonly firstSeen: Instant;
  /** Of one that is present: at least until then, so that it does not change with every look. */
  readonly lastSeen: Instant;
}

/** A person, or a group of devices. */
export interface MirroredParty {
  readonly name: string;
  readonly is: 'home' | 'away' | 'unknown';
  /** Devices that count for it, and how many of them are present. */
  readonly counted: readonly Device['id'][];
  readonly present: number;
}

export interface MirroredCounts {
  readonly present: number;
  readonly away: number;
  readonly unknown: number;
  /** Devices that were seen for the first time within a day. */
  readonly fresh: number;
  /** What differs from what was approved; null: nothing was approved yet, or nobody counted yet. */
  readonly drift: number | null;
  /** Incidents that are open; null: nobody can say. */
  readonly incidents: number | null;
}

export type MirroredIncident = Pick<Incident, 'id' | 'rule' | 'urgency' | 'title' | 'count' | 'openedAt' | 'changedAt' | 'acknowledged'>;

/** The network as it is now. What is not in it is gone. */
export interface Picture {
  readonly devices: readonly MirroredDevice[];
  readonly people: readonly MirroredParty[];
  readonly groups: readonly MirroredParty[];
  readonly counts: MirroredCounts;
  /** Those that are open; null: nobody can say. */
  readonly incidents: readonly MirroredIncident[] | null;
  readonly daemon: {
    readonly startedAt: Instant;
    readonly targets: readonly { readonly id: Target['id']; readonly text: string }[];
    /** What needs a person, in sentences. */
    readonly troubles: readonly string[];
  };
}

/** What the other program may ask for. */
export type MirrorOrder =
  /** Look at a target, by its id or text; null: at all of them. */
  { readonly kind: 'scan'; readonly target: string | null } | { readonly kind: 'acknowledge'; readonly incident: IncidentId | 'open' };

/** To whom a mirror turns. */
export interface MirrorKeeper {
  /** Resolves to what was done, as a sentence. Rejects with a Fault for what is not done. */
  order(order: MirrorOrder): Promise<string>;
  /** What keeps it from being seen, for people; null: nothing any more. */
  trouble(text: string | null): void;
  note(level: 'info' | 'warn', fields: object, text: string): void;
}

/** Shows the network as it is now to another program, and takes a few orders from it. */
export interface Mirror {
  /** For people: "MQTT broker 10.0.0.5:1883". Never holds a secret. */
  readonly name: string;
  /** Begins, once. Whatever goes wrong later is a trouble, and is tried again. */
  start(keeper: MirrorKeeper): void;
  /** Takes the picture and returns at once; only what changed goes out. */
  show(picture: Picture): void;
  /** Says that nobody watches any more, and lets go. Within some seconds, whoever listens or not. */
  close(): Promise<void>;
  /**
   * Closes, and takes away what it has shown, but for what `next` goes on showing in the same place. Within some seconds, or with the
   * signal. Resolves to why something of it stays, for people; null: nothing does.
   */
  clear(next: Mirror | null, signal: StopSignal): Promise<string | null>;
}
