import {
  Damaged,
  type Incident,
  type IncidentQuery,
  type Notification,
  type NotificationQuery,
  type NotificationState,
} from '../../core/index.ts';
import { STATES, stateCode } from '../codes.ts';
import { fromBody } from './readable.ts';
import type { Tables, Trx } from './schema.ts';

export async function readIncidents(db: Tables, { site, open, ids, before, limit }: IncidentQuery): Promise<readonly Incident[]> {
  if (ids?.length === 0) return [];
  let query = db.selectFrom('incident').select(['id', 'body']).where('site', '=', site).orderBy('id', 'desc').limit(limit);
  if (open !== undefined) query = query.where('closed_at', open ? 'is' : 'is not', null);
  if (ids) query = query.where('id', 'in', ids);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.execute()).map((row) => rowFrom(row, 'incident') as Incident);
}

/** Each state is a stretch of an index of its own: a search through all would walk past a million that were delivered. */
export async function readNotifications(trx: Trx, asked: NotificationQuery): Promise<readonly Notification[]> {
  const states = asked.states ?? STATES;
  const few = asked.ids !== undefined || asked.incident !== undefined;
  const parts: Kept[][] = [];
  for (const part of few ? [states] : states.map((state) => [state])) parts.push(await readPart(trx, asked, part));
  const newest = parts.flat().sort((a, b) => b.id - a.id);
  return newest.slice(0, asked.limit).map((row) => rowFrom(row, 'notification') as Notification);
}

interface Kept {
  readonly id: number;
  readonly body: Uint8Array;
}

/** Whoever lists them would take a list without it for all that there are. */
function rowFrom({ id, body }: Kept, what: 'incident' | 'notification'): unknown {
  const row = fromBody(body);
  if (row === undefined) throw new Damaged(`${what} ${id}`);
  return row;
}

async function readPart(trx: Trx, asked: NotificationQuery, states: readonly NotificationState[]): Promise<Kept[]> {
  const { site, channel, incident, ids, before, limit } = asked;
  if (states.length === 0 || ids?.length === 0) return [];
  const [only, ...others] = states.map(stateCode);
  let query = trx.selectFrom('notification').select(['id', 'body']).where('site', '=', site).orderBy('id', 'desc').limit(limit);
  query = others.length === 0 ? query.where('state', '=', only as number) : query.where('state', 'in', states.map(stateCode));
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (incident !== undefined) query = query.where('incident', '=', incident);
  if (ids) query = query.where('id', 'in', ids);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.execute();
}
