import type { AlertStore, Lease } from '../../core/index.ts';
import type { AlertState } from './alert-state.ts';
import * as terms from './alert-terms.ts';
import { readAlertMemory, readIncidents, readNotifications, writeAlerts } from './alerts.ts';

type Leased = <T>(lease: Lease, work: () => T) => Promise<T>;

/** The part of the store that remembers who was told of what. */
export const alertStore = (alerts: AlertState, leased: Leased): AlertStore => ({
  alertMemory: async (site, now) => readAlertMemory(alerts, site, now),
  writeAlerts: (work, lease) => leased(lease, () => writeAlerts(alerts, work)),
  verdictOf: async (seq) => alerts.verdicts.get(seq),
  incidents: async (query) => readIncidents(alerts, query),
  notifications: async (query) => readNotifications(alerts, query),
  alertRules: async (site) => terms.readTerms(alerts.rules, site),
  putAlertRule: (site, rule, lease) => leased(lease, () => terms.putTerm(alerts.rules, site, rule)),
  dropAlertRule: (site, name, lease) => leased(lease, () => terms.dropTerm(alerts.rules, { site, name, what: 'rule' })),
  alertChannels: async (site) => terms.readTerms(alerts.channels, site),
  putAlertChannel: (site, channel, lease) => leased(lease, () => terms.putTerm(alerts.channels, site, channel)),
  dropAlertChannel: (site, name, lease) => leased(lease, () => terms.dropTerm(alerts.channels, { site, name, what: 'channel' })),
  unreadableAlertTerms: async () => [], // they are as they were put in
  mutes: async (site, at) => terms.readMutes(alerts, site, at),
  addMute: (mute, lease) => leased(lease, () => terms.addMute(alerts, mute)),
  endMute: (id, at, lease) => leased(lease, () => terms.endMute(alerts, id, at)),
});
