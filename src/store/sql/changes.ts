import type { Change, ChangeQuery, JsonObject } from '../../core/index.ts';
import { changeCode, changeKind } from '../codes.ts';
import type { Schema, Tables } from './schema.ts';
import { lengthen } from './shorthand.ts';

export async function readChanges(db: Tables, asked: ChangeQuery): Promise<readonly Change[]> {
  const order = asked.newestFirst ? 'desc' : 'asc';
  let query = db.selectFrom('change').selectAll().orderBy('seq', order).limit(asked.limit);
  if (asked.afterSeq !== undefined) query = query.where('seq', '>', asked.afterSeq);
  if (asked.since !== undefined) {
    const first = await firstSince(db, asked.since);
    if (first === null) return [];
    query = query.where('seq', '>=', first).where('at', '>=', asked.since);
  }
  if (asked.until !== undefined) query = query.where('at', '<=', asked.until);
  const devices = devicesOf(asked);
  if (devices?.length === 0 || asked.kinds?.length === 0) return [];
  if (devices) query = query.where('device', 'in', devices);
  if (asked.kinds) query = query.where('kind', 'in', asked.kinds.map(changeCode));
  return (await query.execute()).map(changeFrom);
}

const devicesOf = ({ device }: ChangeQuery): readonly number[] | undefined => (device === undefined ? undefined : [device].flat());

/** Lowest number since a moment, so that a short look back never walks through all history; null when there is none. */
async function firstSince(db: Tables, since: number): Promise<number | null> {
  const found = db.selectFrom('change').select(({ fn }) => fn.min('seq').as('seq'));
  return (await found.where('at', '>=', since).executeTakeFirstOrThrow()).seq;
}

function changeFrom(row: Schema['change']): Change {
  return { ...row, kind: changeKind(row.kind), before: sideFrom(row.before), after: sideFrom(row.after) };
}

const sideFrom = (text: string | null): JsonObject | null => (text === null ? null : (JSON.parse(lengthen(text)) as JsonObject));
