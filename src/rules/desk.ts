import type { AlertWork, Incident, IncidentId, Instant, Notification } from '../core/index.ts';
import type { Alarms } from './alarms.ts';
import { inLayers, type Layers, noLayers } from './layers.ts';

/** What alerting remembers between two steps. A value: a step makes another one, and this one stays as it was. */
export interface Desk {
  readonly site: string;
  /** Begins the keys of notifications. */
  readonly tag: string;
  /** Number of the newest change that was judged. */
  readonly judged: number;
  readonly lastIncident: IncidentId;
  readonly lastNotification: number;
  /** Those that are open, and lately were. */
  readonly incidents: Layers<IncidentId, Incident>;
  /** Those that wait, and lately did. */
  readonly notifications: Layers<number, Notification>;
  /** Open incidents, by the root of what they are about, and by rule. */
  readonly openAbout: Layers<string, readonly IncidentId[]>;
  readonly openOfRule: Layers<string, readonly IncidentId[]>;
  /** When a rule told a kind of change of a subject last. */
  readonly toldAt: Layers<string, Instant>;
  /** Notifications that wait, by channel, and all that tell of an incident. */
  readonly waiting: Layers<string, readonly number[]>;
  readonly channels: ReadonlySet<string>;
  readonly ofIncident: Layers<IncidentId, readonly number[]>;
  /** What replaced a message, or waits to, by the notification that it is. */
  readonly editsOf: Layers<number, readonly number[]>;
  /** Notifications that a channel was told in the last ten minutes. */
  readonly sent: Layers<string, readonly number[]>;
  /** When incidents are to be looked at again. */
  readonly alarms: Alarms | null;
}

/** What a step leads to: `work` goes into the store, and only then `desk` is gone on with. */
export interface Step {
  readonly desk: Desk;
  readonly work: AlertWork;
}

export const emptyDesk = (site: string, tag: string): Desk => ({
  site,
  tag,
  judged: 0,
  lastIncident: 0,
  lastNotification: 0,
  incidents: noLayers(),
  notifications: noLayers(),
  openAbout: noLayers(),
  openOfRule: noLayers(),
  toldAt: noLayers(),
  waiting: noLayers(),
  channels: new Set(),
  ofIncident: noLayers(),
  editsOf: noLayers(),
  sent: noLayers(),
  alarms: null,
});

/** Oldest first. */
export function* waitingOf({ waiting, notifications }: Desk, channel: string): Generator<Notification> {
  for (const id of inLayers(waiting, channel) ?? []) {
    const row = inLayers(notifications, id);
    if (row) yield row;
  }
}
