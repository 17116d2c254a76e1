import { type Selectable, sql } from 'kysely';
import type { AuditEntry, AuditQuery, Instant } from '../../core/index.ts';
import { answerFrom, proofFrom, whoseOf } from '../access-shapes.ts';
import { BATCH } from './rows.ts';
import type { Schema, Tables, Trx } from './schema.ts';

export async function insertAudit(trx: Trx, entry: Omit<AuditEntry, 'id'>): Promise<AuditEntry> {
  const { at, who, user, proof, from, operation, named, outcome } = entry;
  const row = { at, who, whose: whoseOf(who), user_id: user, proof, came_from: from, operation, named, outcome };
  const { id } = await trx.insertInto('audit').values(row).returning('id').executeTakeFirstOrThrow();
  return { ...entry, id };
}

/** Newest first: in the order it was done, whatever the clock said. */
export async function readAudit(db: Tables, { who, operation, since, before, limit }: AuditQuery): Promise<readonly AuditEntry[]> {
  let query = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
  if (who !== undefined) query = query.where('whose', '=', whoseOf(who));
  if (who?.includes('/')) query = query.where('who', '=', who);
  if (since !== undefined) query = query.where('at', '>=', since);
  if (before !== undefined) query = query.where('id', '<', before);
  if (operation?.endsWith('.')) query = query.where(sql<string>`substr(operation, 1, ${sql.lit(operation.length)})`, '=', operation);
  else if (operation !== undefined) query = query.where('operation', '=', operation);
  return (await query.execute()).map(entryFrom);
}

const entryFrom = ({ user_id, whose: _, proof, came_from, outcome, ...row }: Selectable<Schema['audit']>): AuditEntry => ({
  ...row,
  user: user_id,
  proof: proofFrom(proof),
  from: came_from,
  outcome: answerFrom(outcome),
});

/** In batches, each a transaction, so that nobody waits for long. */
export async function pruneAudit(write: (batch: (trx: Trx) => Promise<number>) => Promise<number>, before: Instant): Promise<number> {
  let dropped = 0;
  for (let count = BATCH; count > 0; dropped += count) count = await write((trx) => dropBatch(trx, before));
  return dropped;
}

async function dropBatch(trx: Trx, before: Instant): Promise<number> {
  const old = trx.selectFrom('audit').select('id').where('at', '<', before).orderBy('at').limit(BATCH);
  const ids = (await old.execute()).map(({ id }) => id);
  if (ids.length > 0) await trx.deleteFrom('audit').where('id', 'in', ids).execute();
  return ids.length;
}
