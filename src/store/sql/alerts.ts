import type { AlertMemory, AlertWork, Incident, Instant, Notification } from '../../core/index.ts';
import { isIncident, isNotification } from '../alert-shapes.ts';
import { stateCode } from '../codes.ts';
import { RECENT, TOLD } from '../recent.ts';
import { packed } from './bodies.ts';
import { fromBody } from './readable.ts';
import { batches } from './rows.ts';
import type { Trx } from './schema.ts';
import { writeVerdicts } from './verdicts.ts';

/** What a step of alerting changes, inside the caller's transaction. The same once more changes nothing. */
export async function writeAlerts(trx: Trx, { judged, verdicts, incidents, notifications }: AlertWork): Promise<void> {
  await writeVerdicts(trx, verdicts);
  await writeIncidents(trx, incidents);
  await writeNotifications(trx, notifications);
  const known = await trx.selectFrom('alerting').selectAll().executeTakeFirstOrThrow();
  const next = {
    judged: Math.max(known.judged, judged ?? 0),
    last_incident: highest(known.last_incident, incidents),
    last_notification: highest(known.last_notification, notifications),
  };
  await trx.updateTable('alerting').set(next).execute();
}

const highest = (known: number, rows: readonly { readonly id: number }[]): number =>
  rows.reduce((most, { id }) => Math.max(most, id), known);

async function writeIncidents(trx: Trx, incidents: readonly Incident[]): Promise<void> {
  for (const batch of batches(incidents)) {
    const rows = batch.map((incident) => ({
      id: incident.id,
      site: incident.site,
      changed_at: incident.changedAt,
      closed_at: incident.closedAt,
      body: packed(incident),
    }));
    const write = trx.insertInto('incident').values(rows);
    await write
      .onConflict((known) =>
        known.column('id').doUpdateSet(({ ref }) => ({
          site: ref('excluded.site'),
          changed_at: ref('excluded.changed_at'),
          closed_at: ref('excluded.closed_at'),
          body: ref('excluded.body'),
        })),
      )
      .execute();
  }
}

async function writeNotifications(trx: Trx, notifications: readonly Notification[]): Promise<void> {
  for (const batch of batches(notifications)) {
    const rows = batch.map((notification) => ({
      id: notification.id,
      site: notification.site,
      state: stateCode(notification.state),
      channel: notification.channel,
      incident: notification.incident,
      ended_at: notification.endedAt,
      body: packed(notification),
    }));
    const write = trx.insertInto('notification').values(rows);
    await write
      .onConflict((known) =>
        known.column('id').doUpdateSet(({ ref }) => ({
          site: ref('excluded.site'),
          state: ref('excluded.state'),
          channel: ref('excluded.channel'),
          incident: ref('excluded.incident'),
          ended_at: ref('excluded.ended_at'),
          body: ref('excluded.body'),
        })),
      )
      .execute();
  }
}

/** Quick under any number of old ones: each part is a stretch of an index. */
export async function readAlertMemory(trx: Trx, site: string, now: Instant): Promise<AlertMemory> {
  const since = now - RECENT;
  const { tag, judged, last_incident, last_notification } = await trx.selectFrom('alerting').selectAll().executeTakeFirstOrThrow();
  const incidents = trx.selectFrom('incident').select(['id', 'site', 'body']);
  const notifications = trx.selectFrom('notification').select(['id', 'site', 'body']);
  const open = await incidents.where('site', '=', site).where('closed_at', 'is', null).execute();
  const changed = await incidents.where('changed_at', '>', now - TOLD).execute();
  const waiting = await notifications.where('site', '=', site).where('state', '=', stateCode('waiting')).execute();
  const ended = await notifications.where('ended_at', '>', since).execute();
  const kept = soundIn(inOrder(site, [...open, ...changed]), isIncident);
  const rows = soundIn(inOrder(site, [...waiting, ...ended]), isNotification);
  const unreadable = [...kept.unreadable.map((id) => `incident ${id}`), ...rows.unreadable.map((id) => `notification ${id}`)];
  return {
    tag,
    judged,
    lastIncident: last_incident,
    lastNotification: last_notification,
    incidents: kept.sound,
    notifications: rows.sound,
    ...(unreadable.length > 0 && { unreadable }),
  };
}

interface Kept {
  readonly id: number;
  readonly site: string;
  readonly body: Uint8Array;
}

/** Each once. The site is looked at only here: to SQLite it would seem the best thing to search by. */
function inOrder(site: string, rows: readonly Kept[]): readonly Kept[] {
  const each = new Map(rows.filter((row) => row.site === site).map((row) => [row.id, row]));
  return [...each.values()].sort((a, b) => a.id - b.id);
}

interface Sound<T> {
  readonly sound: readonly T[];
  readonly unreadable: readonly number[];
}

/** One row that is damaged must not take all others with it. */
function soundIn<T extends { readonly id: number }>(rows: readonly Kept[], is: (body: unknown) => body is T): Sound<T> {
  const [sound, unreadable]: [T[], number[]] = [[], []];
  for (const { id, body } of rows) {
    const row = fromBody(body);
    if (is(row) && row.id === id) sound.push(row);
    else unreadable.push(id);
  }
  return { sound, unreadable };
}
