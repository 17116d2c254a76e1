import type { Instant, Pruned, Retention } from '../../core/index.ts';
import { pruneAlerts } from './prune-alerts.ts';
import { BATCH } from './rows.ts';
import type { Trx } from './schema.ts';

/** How to run one batch in a transaction of its own. */
type InTransaction = <T>(batch: (trx: Trx) => Promise<T>) => Promise<T>;

/** What a batch removed, and the last id it looked at; null when nothing is left to look at. */
interface Batch extends Omit<Pruned, 'alerts'> {
  readonly last: number | null;
}

/**
 * Drops old raw output, and single scans that made no difference: their run goes on counting them. The newest of
 * its kind stays, since the schedule goes on from it. A scan takes its raw output along. In batches, so that
 * nobody waits for long.
 */
export async function prune(write: InTransaction, retention: Retention, now: Instant): Promise<Pruned> {
  const folded = await inBatches(write, (trx, after) => foldScans(trx, after, now - retention.singles));
  const stale = await inBatches(write, (trx, after) => dropRaw(trx, after, now - retention.raw));
  const alerts = retention.alerts === undefined ? 0 : await pruneAlerts(write, now - retention.alerts);
  return { scans: folded.scans, raw: folded.raw + stale.raw, alerts };
}

async function inBatches(write: InTransaction, step: (trx: Trx, after: number) => Promise<Batch>): Promise<Omit<Pruned, 'alerts'>> {
  const total = { scans: 0, raw: 0 };
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after;
    const { scans, raw, last } = await write((trx) => step(trx, from));
    total.scans += scans;
    total.raw += raw;
    after = last;
  }
  return total;
}

async function foldScans(trx: Trx, after: number, before: Instant): Promise<Batch> {
  const idle = trx.selectFrom('scan').select('id').where('id', '>', after).where('run', 'is not', null);
  const rows = await idle
    .where('started_at', '<', before)
    .where('changes', '=', 0)
    .where('spans', '=', 0)
    .where('id', 'not in', newestOfTopic(trx))
    .orderBy('id')
    .limit(BATCH)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { scans: 0, raw: 0, last: null };
  const raw = await trx.deleteFrom('raw').where('scan', 'in', ids).executeTakeFirst();
  await trx.deleteFrom('scan').where('id', 'in', ids).execute();
  return { scans: ids.length, raw: Number(raw.numDeletedRows), last: ids.at(-1) ?? null };
}

function newestOfTopic(trx: Trx) {
  return trx
    .selectFrom('scan')
    .select(({ fn }) => fn.max('id').as('id'))
    .groupBy('topic');
}

async function dropRaw(trx: Trx, after: number, before: Instant): Promise<Batch> {
  const kept = trx.selectFrom('raw').innerJoin('scan', 'scan.id', 'raw.scan').select('scan.id').where('scan.id', '>', after);
  const rows = await kept.where('scan.started_at', '<', before).orderBy('scan.id').limit(BATCH).execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { scans: 0, raw: 0, last: null };
  await trx.deleteFrom('raw').where('scan', 'in', ids).execute();
  return { scans: 0, raw: ids.length, last: ids.at(-1) ?? null };
}
