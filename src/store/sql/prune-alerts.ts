import type { Instant } from '../../core/index.ts';
import { BATCH } from './rows.ts';
import type { Trx } from './schema.ts';

/** Drops a batch of what ended before a moment; resolves to how many there were. */
type Step = (trx: Trx, before: Instant) => Promise<number>;

/**
 * Drops verdicts, and notifications, incidents and mutes that are over, when they are older than a moment; returns how many.
 * An incident stays as long as one of its notifications does. Each batch is a transaction, so that nobody waits for long.
 */
export async function pruneAlerts(write: (batch: (trx: Trx) => Promise<number>) => Promise<number>, before: Instant): Promise<number> {
  let dropped = 0;
  for (const step of [dropNotifications, dropIncidents, dropMutes, dropVerdicts] satisfies Step[])
    for (let count = BATCH; count > 0; ) {
      count = await write((trx) => step(trx, before));
      dropped += count;
    }
  return dropped;
}

async function dropNotifications(trx: Trx, before: Instant): Promise<number> {
  const old = trx.selectFrom('notification').select('id').where('ended_at', '<', before).where('ended_at', 'is not', null);
  const ids = (await old.orderBy('ended_at').limit(BATCH).execute()).map(({ id }) => id);
  if (ids.length > 0) await trx.deleteFrom('notification').where('id', 'in', ids).execute();
  return ids.length;
}

async function dropIncidents(trx: Trx, before: Instant): Promise<number> {
  const old = trx.selectFrom('incident').select('id').where('closed_at', '<', before).where('closed_at', 'is not', null);
  const untold = old.where(({ not, exists, selectFrom }) =>
    not(exists(selectFrom('notification').select('notification.id').whereRef('notification.incident', '=', 'incident.id'))),
  );
  const ids = (await untold.orderBy('closed_at').limit(BATCH).execute()).map(({ id }) => id);
  if (ids.length > 0) await trx.deleteFrom('incident').where('id', 'in', ids).execute();
  return ids.length;
}

/** There are never many: people make them. */
async function dropMutes(trx: Trx, before: Instant): Promise<number> {
  const ended = trx.selectFrom('mute').select('id');
  const old = ended.where(({ eb, or }) => or([eb('until', '<', before), eb('ended_at', '<', before)]));
  const ids = (await old.orderBy('id').limit(BATCH).execute()).map(({ id }) => id);
  if (ids.length > 0) await trx.deleteFrom('mute').where('id', 'in', ids).execute();
  return ids.length;
}

/** The oldest ones, as long as there are old ones among them: to look for the last would be to walk through all. */
async function dropVerdicts(trx: Trx, before: Instant): Promise<number> {
  const rows = await trx
    .selectFrom('verdict')
    .leftJoin('change', 'change.seq', 'verdict.seq')
    .select(['verdict.seq', 'verdict.took', 'change.at'])
    .orderBy('verdict.seq')
    .limit(BATCH)
    .execute();
  const old = rows.filter(({ at, took }) => (at ?? 0) + took < before).map(({ seq }) => seq);
  if (old.length > 0) await trx.deleteFrom('verdict').where('seq', 'in', old).execute();
  return old.length;
}
