import type { Incident, IncidentId } from './incident.ts';
import type { Lease } from './lease.ts';
import type { Notification, NotificationState } from './notification.ts';
import type { ChannelSetup, Mute, Rule } from './rule.ts';
import type { Instant } from './time.ts';
import type { Verdict } from './verdict.ts';

/** What alerting goes on with after a start. */
export interface AlertMemory {
  /** Number of the newest change that was judged; 0: none. */
  readonly judged: number;
  readonly lastIncident: IncidentId;
  readonly lastNotification: number;
  /** Random, once for each store: part of the keys of notifications. */
  readonly tag: string;
  /** Those that are open, and those that changed last within a week: they say what was told. */
  readonly incidents: readonly Incident[];
  /** Those that wait, and those that ended within a day. */
  readonly notifications: readonly Notification[];
  /** Of these, those that cannot be read and are left out, in words ("incident 7"); left out: all can. */
  readonly unreadable?: readonly string[];
}

/** What one step of alerting changes: goes into the store whole or not at all. */
export interface AlertWork {
  readonly site: string;
  /** Everything up to this change is judged; null: as it was. */
  readonly judged: number | null;
  readonly verdicts: readonly Verdict[];
  /** New, or in place of what they were. */
  readonly incidents: readonly Incident[];
  readonly notifications: readonly Notification[];
}

export interface IncidentQuery {
  readonly site: string;
  readonly open?: boolean;
  readonly ids?: readonly IncidentId[];
  readonly before?: IncidentId;
  readonly limit: number;
}

export interface NotificationQuery {
  readonly site: string;
  readonly states?: readonly NotificationState[];
  readonly channel?: string;
  readonly incident?: IncidentId;
  readonly ids?: readonly number[];
  readonly before?: number;
  readonly limit: number;
}

/** What alerting remembers. A part of the store. */
export interface AlertStore {
  alertMemory(site: string, now: Instant): Promise<AlertMemory>;
  /** One transaction. Throws Fault 'conflict' when the lease was lost. */
  writeAlerts(work: AlertWork, lease: Lease): Promise<void>;
  verdictOf(seq: number): Promise<Verdict | undefined>;
  /** Newest first, as notifications. */
  incidents(query: IncidentQuery): Promise<readonly Incident[]>;
  notifications(query: NotificationQuery): Promise<readonly Notification[]>;
  /** Rules that people made, and channels, by name. */
  alertRules(site: string): Promise<readonly Rule[]>;
  putAlertRule(site: string, rule: Rule, lease: Lease): Promise<void>;
  dropAlertRule(site: string, name: string, lease: Lease): Promise<void>;
  alertChannels(site: string): Promise<readonly ChannelSetup[]>;
  putAlertChannel(site: string, channel: ChannelSetup, lease: Lease): Promise<void>;
  dropAlertChannel(site: string, name: string, lease: Lease): Promise<void>;
  /** Rules, channels and mutes that cannot be read, in words ("rule night"): those above and below leave them out. */
  unreadableAlertTerms(site: string): Promise<readonly string[]>;
  /** Those that are not over by a moment; all: also those that are. */
  mutes(site: string, at: Instant | 'all'): Promise<readonly Mute[]>;
  /** Gives it its id. */
  addMute(mute: Omit<Mute, 'id'>, lease: Lease): Promise<Mute>;
  endMute(id: number, at: Instant, lease: Lease): Promise<void>;
}
