import type { Selectable } from 'kysely';
import type { Baseline, BaselineQuery } from '../../core/index.ts';
import type { Schema, Tables, Trx } from './schema.ts';

/** How "everything" is written. */
const EVERYTHING = '';

export async function insertBaseline(trx: Trx, baseline: Omit<Baseline, 'id'>): Promise<Baseline> {
  const { site, target, at, by, note } = baseline;
  const row = { site, target: target ?? EVERYTHING, at, made_by: by, note };
  const { id } = await trx.insertInto('baseline').values(row).returning('id').executeTakeFirstOrThrow();
  return { id, ...baseline };
}

/** Newest first: in the order they were made, whatever the clock said. */
export async function readBaselines(db: Tables, { site, target, limit }: BaselineQuery): Promise<readonly Baseline[]> {
  let query = db.selectFrom('baseline').selectAll().where('site', '=', site).orderBy('id', 'desc').limit(limit);
  if (target !== undefined) query = query.where('target', '=', target ?? EVERYTHING);
  return (await query.execute()).map(baselineFrom);
}

function baselineFrom({ made_by, target, ...row }: Selectable<Schema['baseline']>): Baseline {
  return { ...row, target: target === EVERYTHING ? null : target, by: made_by };
}
