import { orFault, type PlanSchedule, parseTarget, type Target, type TargetId } from '../../core/index.ts';
import { unknownTarget } from '../faults.ts';
import type { Schema, Tables, Trx } from './schema.ts';

type TargetRow = Omit<Schema['target'], 'id'>;

export async function readTargets(db: Tables, site: string): Promise<readonly Target[]> {
  const rows = await db.selectFrom('target').selectAll().where('site', '=', site).orderBy('id').execute();
  return rows.map(({ id, created_at, ...row }) => ({
    id,
    site,
    window: row.window,
    iface: row.iface,
    createdAt: created_at,
    spec: orFault(parseTarget(row.spec)),
    schedule: JSON.parse(row.schedule) as readonly PlanSchedule[],
    source: row.source as Target['source'],
  }));
}

export async function insertTarget(trx: Trx, target: Omit<Target, 'id'>): Promise<Target> {
  const { id } = await trx.insertInto('target').values(rowFrom(target)).returning('id').executeTakeFirstOrThrow();
  return { ...target, id };
}

export async function changeTarget(trx: Trx, target: Target): Promise<void> {
  const { numUpdatedRows } = await trx.updateTable('target').set(rowFrom(target)).where('id', '=', target.id).executeTakeFirst();
  if (numUpdatedRows === 0n) throw unknownTarget('changing', target.id);
}

export async function deleteTarget(trx: Trx, id: TargetId): Promise<void> {
  const { numDeletedRows } = await trx.deleteFrom('target').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw unknownTarget('removing', id);
}

function rowFrom({ site, spec, schedule, window, iface, source, createdAt }: Omit<Target, 'id'>): TargetRow {
  return { site, spec: spec.text, schedule: JSON.stringify(schedule), window, iface, source, created_at: createdAt };
}
