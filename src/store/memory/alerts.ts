import type { AlertMemory, AlertWork, Incident, IncidentQuery, Instant, Notification, NotificationQuery } from '../../core/index.ts';
import { RECENT, TOLD } from '../recent.ts';
import type { AlertState } from './alert-state.ts';

export function readAlertMemory(alerts: AlertState, site: string, now: Instant): AlertMemory {
  const within = (at: Instant | null, span: number): boolean => at === null || at > now - span;
  const { judged, lastIncident, lastNotification, tag } = alerts;
  return {
    judged,
    lastIncident,
    lastNotification,
    tag,
    incidents: ordered(alerts.incidents, site).filter(({ closedAt, changedAt }) => closedAt === null || within(changedAt, TOLD)),
    notifications: ordered(alerts.notifications, site).filter(({ state, endedAt }) => state === 'waiting' || within(endedAt, RECENT)),
  };
}

export function writeAlerts(alerts: AlertState, work: AlertWork): void {
  // Whatever cannot be kept is found before anything is touched.
  const { judged, verdicts, incidents, notifications } = structuredClone(work);
  for (const verdict of verdicts) alerts.verdicts.set(verdict.seq, verdict);
  for (const incident of incidents) alerts.incidents.set(incident.id, incident);
  for (const notification of notifications) alerts.notifications.set(notification.id, notification);
  alerts.judged = Math.max(alerts.judged, judged ?? 0);
  for (const { id } of incidents) alerts.lastIncident = Math.max(alerts.lastIncident, id);
  for (const { id } of notifications) alerts.lastNotification = Math.max(alerts.lastNotification, id);
}

export function readIncidents(
  { incidents }: AlertState,
  { site, open, ids, before = Infinity, limit }: IncidentQuery,
): readonly Incident[] {
  const wanted = ordered(incidents, site).filter(
    ({ id, closedAt }) => id < before && (open === undefined || open === (closedAt === null)) && (ids === undefined || ids.includes(id)),
  );
  return wanted.reverse().slice(0, limit);
}

export function readNotifications({ notifications }: AlertState, asked: NotificationQuery): readonly Notification[] {
  const { site, states, channel, incident, ids, before = Infinity, limit } = asked;
  const wanted = ordered(notifications, site).filter(
    (row) =>
      row.id < before &&
      (states === undefined || states.includes(row.state)) &&
      (channel === undefined || channel === row.channel) &&
      (incident === undefined || incident === row.incident) &&
      (ids === undefined || ids.includes(row.id)),
  );
  return wanted.reverse().slice(0, limit);
}

const ordered = <Row extends { readonly id: number; readonly site: string }>(rows: ReadonlyMap<number, Row>, site: string): Row[] =>
  [...rows.values()].filter((row) => row.site === site).sort((a, b) => a.id - b.id);

/** Drops what ended before a moment, and is needed by nothing that stays; returns how much. */
export function pruneAlerts({ verdicts, incidents, notifications, mutes }: AlertState, before: Instant): number {
  const old = (end: Instant | null): boolean => end !== null && end < before;
  const notes = dropFrom(notifications, ({ endedAt }) => old(endedAt));
  const told = new Set([...notifications.values()].map(({ incident }) => incident));
  const over = dropFrom(incidents, ({ id, closedAt }) => old(closedAt) && !told.has(id));
  const muted = dropFrom(mutes, ({ until, endedAt }) => old(until) || old(endedAt));
  return notes + over + muted + dropFrom(verdicts, ({ at }) => old(at));
}

function dropFrom<Row>(rows: Map<number, Row>, goes: (row: Row) => boolean): number {
  const gone = [...rows].filter(([, row]) => goes(row));
  for (const [id] of gone) rows.delete(id);
  return gone.length;
}

/** As the SQL stores say it. */
export function checkAlerts({ judged, incidents, notifications }: AlertState, lastSeq: number): readonly string[] {
  const rows = [...notifications.values()];
  const strays = rows.filter(({ incident }) => incident !== null && !incidents.has(incident)).length;
  const undecided = rows.filter(({ state, endedAt }) => (state === 'waiting') !== (endedAt === null)).length;
  return [
    ...(judged > lastSeq ? [`changes are judged up to ${judged}, and there are ${lastSeq}`] : []),
    ...(strays > 0 ? [`${strays} notifications belong to no incident`] : []),
    ...(undecided > 0 ? [`${undecided} notifications wait and have ended, or do neither`] : []),
  ];
}
