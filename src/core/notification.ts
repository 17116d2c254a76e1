import type { ChangeKind, JsonObject } from './change.ts';
import type { DeviceId, DevicePort } from './device.ts';
import type { IncidentId } from './incident.ts';
import type { Urgency } from './rule.ts';
import type { Instant } from './time.ts';

/** One change as it is told, by whatever channel. All text may be foreign. */
export interface TellLine {
  readonly seq: number;
  readonly at: Instant;
  readonly kind: ChangeKind;
  /** One line for people: "nas.lan left, last seen ..." */
  readonly text: string;
  readonly device: TellDevice | null;
  /** What a change without a device is about: target, segment, person, group. */
  readonly place: string | null;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** A device as it is told. */
export interface TellDevice {
  readonly id: DeviceId;
  readonly name: string | null;
  readonly address: string | null;
  readonly mac: string | null;
  readonly vendor: string | null;
  readonly type: string | null;
  readonly owner: string | null;
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly presence: 'present' | 'away' | 'unknown';
  readonly ports: readonly Pick<DevicePort, 'protocol' | 'port'>[];
}

export const NOTIFICATION_KINDS = [
  'opened', // an incident begins
  'joined', // more of the same
  'edit', // takes the place of a message that was delivered
  'resolved',
  'reminder',
  'escalation',
  'digest', // what was held back
  'fallback', // another channel could not deliver it
  'test',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** waiting: to be sent, now or later. folded: another one tells it. */
export type NotificationState = 'waiting' | 'delivered' | 'dead' | 'folded';

/** What one channel is told once: a row of the outbox. */
export interface Notification {
  /** Order of the outbox; given by us, never twice. */
  readonly id: number;
  /** Stays the same however often it is sent: letters, digits, dashes. */
  readonly key: string;
  readonly site: string;
  readonly channel: string;
  readonly kind: NotificationKind;
  readonly rule: string | null;
  /** Where it tells of several rules, which; `rule` is null then. */
  readonly rules?: readonly string[];
  readonly incident: IncidentId | null;
  readonly urgency: Urgency;
  readonly title: string;
  /** At most 200; `more` counts those beyond. */
  readonly lines: readonly TellLine[];
  readonly more: number;
  readonly madeAt: Instant;
  /** Not before. */
  readonly dueAt: Instant;
  /** Why it waits ("quiet hours until ..."), or why it is dead, for people; null: it does not wait for anything. */
  readonly because: string | null;
  readonly state: NotificationState;
  readonly attempts: number;
  readonly endedAt: Instant | null;
  /** What the channel said; null: nothing yet. */
  readonly receipt: string | null;
  /** How the message that was delivered can be replaced; null: it cannot. */
  readonly handle: string | null;
  /** The notification whose message it takes the place of, or that tells it instead. */
  readonly instead: number | null;
}
