import type { AlertStore, Lease } from '../../core/index.ts';
import * as terms from './alert-terms.ts';
import { readAlertMemory, writeAlerts } from './alerts.ts';
import { readIncidents, readNotifications } from './read-alerts.ts';
import type { Tables, Trx } from './schema.ts';
import { readVerdict } from './verdicts.ts';

interface Ways {
  readonly reader: Tables;
  /** One transaction, refused when the lease was lost. */
  readonly leased: <T>(lease: Lease, work: (trx: Trx) => Promise<T>) => Promise<T>;
  /** Several queries on one state of the store. */
  readonly snapshot: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
}

/** The part of the store that remembers who was told of what. */
export const alertStore = ({ reader, leased, snapshot }: Ways): AlertStore => ({
  alertMemory: (site, now) => snapshot((trx) => readAlertMemory(trx, site, now)),
  writeAlerts: (work, lease) => leased(lease, (trx) => writeAlerts(trx, work)),
  verdictOf: (seq) => readVerdict(reader, seq),
  incidents: (query) => readIncidents(reader, query),
  notifications: (query) => snapshot((trx) => readNotifications(trx, query)),
  alertRules: (site) => terms.readRules(reader, site),
  putAlertRule: (site, rule, lease) => leased(lease, (trx) => terms.putRule(trx, site, rule)),
  dropAlertRule: (site, name, lease) => leased(lease, (trx) => terms.dropRule(trx, { site, name })),
  alertChannels: (site) => terms.readChannels(reader, site),
  putAlertChannel: (site, channel, lease) => leased(lease, (trx) => terms.putChannel(trx, site, channel)),
  dropAlertChannel: (site, name, lease) => leased(lease, (trx) => terms.dropChannel(trx, { site, name })),
  unreadableAlertTerms: (site) => terms.unreadableTerms(reader, site),
  mutes: (site, at) => terms.readMutes(reader, site, at),
  addMute: (mute, lease) => leased(lease, (trx) => terms.addMute(trx, mute)),
  endMute: (id, at, lease) => leased(lease, (trx) => terms.endMute(trx, id, at)),
});
