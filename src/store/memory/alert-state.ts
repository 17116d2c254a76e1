import type { ChannelSetup, Incident, IncidentId, Mute, Notification, Rule, Verdict } from '../../core/index.ts';
import { freshTag } from '../fresh-tag.ts';

/** What alerting remembers, as plain maps. */
export interface AlertState {
  readonly tag: string;
  judged: number;
  lastIncident: IncidentId;
  lastNotification: number;
  readonly verdicts: Map<number, Verdict>;
  readonly incidents: Map<IncidentId, Incident>;
  readonly notifications: Map<number, Notification>;
  /** By site, then by name. */
  readonly rules: Map<string, Map<string, Rule>>;
  readonly channels: Map<string, Map<string, ChannelSetup>>;
  readonly mutes: Map<number, Mute>;
  lastMute: number;
}

export const noAlerts = (): AlertState => ({
  tag: freshTag(),
  judged: 0,
  lastIncident: 0,
  lastNotification: 0,
  verdicts: new Map(),
  incidents: new Map(),
  notifications: new Map(),
  rules: new Map(),
  channels: new Map(),
  mutes: new Map(),
  lastMute: 0,
});
