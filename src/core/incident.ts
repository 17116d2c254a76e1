import type { ChangeKind } from './change.ts';
import type { Urgency } from './rule.ts';
import type { Instant } from './time.ts';

export type IncidentId = number;

/** Changes with one cause, from the first until it is over. */
export interface Incident {
  readonly id: IncidentId;
  readonly site: string;
  readonly rule: string;
  readonly urgency: Urgency;
  /** Channels that were told of it. */
  readonly to: readonly string[];
  /** One line for people. May hold text from the network. */
  readonly title: string;
  /** What it is about, and which of these are over. At most 4096. */
  readonly subjects: readonly IncidentSubject[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Changes in it. */
  readonly count: number;
  readonly openedAt: Instant;
  readonly changedAt: Instant;
  /** null while it is open. */
  readonly closedAt: Instant | null;
  readonly closedBy: 'over' | 'acknowledged' | 'calm' | null;
  readonly acknowledged: { readonly at: Instant; readonly by: string | null } | null;
  readonly remindAt: Instant | null;
  readonly escalateAt: Instant | null;
  /** Notifications that tell of it together with other incidents; left out: there are none. */
  readonly together?: readonly number[];
}

export interface IncidentSubject {
  /** "device:7", "device:7:22/tcp", "target:10.0.0.0/24", "person:anna". */
  readonly key: string;
  readonly over: boolean;
  /** What changed of it, and when last; cooldowns count from there. Left out: nobody knows. */
  readonly kind?: ChangeKind;
  readonly at?: Instant;
}
