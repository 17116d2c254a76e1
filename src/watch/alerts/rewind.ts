import type { AlertMemory, Incident, Instant, Millis, Notification } from '../../core/index.ts';

/** A wall clock may be set by so much without anything waiting for the difference. */
export const SLACK: Millis = 15_000;

/**
 * What alerting remembers, as if it had happened that much earlier: the clock was set back, and nothing may wait for the time
 * that it then has to pass again (R32).
 */
export const rewound = (memory: AlertMemory, by: Millis): AlertMemory => ({
  ...memory,
  incidents: memory.incidents.map((incident) => earlierIncident(incident, by)),
  notifications: memory.notifications.map((notification) => earlierNotification(notification, by)),
});

/**
 * What waits, as if it had been written that much later: the clock was set forward, or the machine slept, and what nobody could
 * send meanwhile has not grown old by it (R32). When it is due stays: what became due is sent.
 */
export const unaged = (memory: AlertMemory, by: Millis): AlertMemory => ({
  ...memory,
  notifications: memory.notifications.map((row) => (row.state === 'waiting' ? laterNotification(row, by) : row)),
});

/** How far what is remembered lies in the future; 0: it does not. */
export function ahead({ incidents, notifications }: AlertMemory, now: Instant): Millis {
  const moments = [
    ...incidents.map(({ changedAt }) => changedAt),
    ...notifications.map(({ madeAt, endedAt }) => Math.max(madeAt, endedAt ?? 0)),
  ];
  const newest = moments.reduce((latest, at) => Math.max(latest, at), now);
  return newest - now > SLACK ? newest - now : 0;
}

function earlierIncident(incident: Incident, by: Millis): Incident {
  const { acknowledged, openedAt, changedAt, closedAt, remindAt, escalateAt } = incident;
  // Cooldowns count from there.
  const subjects = incident.subjects.map((one) => (one.at === undefined ? one : { ...one, at: one.at - by }));
  const moved = { openedAt: openedAt - by, changedAt: changedAt - by, closedAt: earlier(closedAt, by) };
  const due = { remindAt: earlier(remindAt, by), escalateAt: earlier(escalateAt, by) };
  return { ...incident, subjects, ...moved, ...due, acknowledged: acknowledged && { ...acknowledged, at: acknowledged.at - by } };
}

const earlierNotification = (notification: Notification, by: Millis): Notification => ({
  ...notification,
  madeAt: notification.madeAt - by,
  dueAt: notification.dueAt - by,
  endedAt: earlier(notification.endedAt, by),
});

const laterNotification = (notification: Notification, by: Millis): Notification => ({
  ...notification,
  madeAt: notification.madeAt + by,
});

const earlier = (at: Instant | null, by: Millis): Instant | null => (at === null ? null : at - by);
