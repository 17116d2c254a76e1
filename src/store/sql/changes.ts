import type { Change, ChangeMark, ChangeQuery, JsonObject } from '../../core/index.ts';
import { changeCode, changeKind } from '../codes.ts';
import { BATCH, batches } from './rows.ts';
import type { Schema, Tables } from './schema.ts';
import { lengthen } from './shorthand.ts';

export async function readChanges(db: Tables, asked: ChangeQuery): Promise<readonly Change[]> {
  if (asked.seqs && asked.seqs.length > BATCH) return readMany(db, { ...asked, seqs: asked.seqs });
  const devices = devicesOf(asked);
  if ([devices, asked.kinds, asked.seqs].some((list) => list?.length === 0)) return [];
  let query = numbered(db, asked);
  if (asked.since !== undefined) {
    const first = await firstSince(db, asked.since);
    if (first === null) return [];
    query = query.where('seq', '>=', first).where('at', '>=', asked.since);
  }
  if (asked.until !== undefined) query = query.where('at', '<=', asked.until);
  if (devices) query = query.where('device', 'in', devices);
  if (asked.kinds) query = query.where('kind', 'in', asked.kinds.map(changeCode));
  return (await query.execute()).map(changeFrom);
}

/** Those whose numbers are meant, in the order asked for. */
function numbered(db: Tables, { newestFirst, limit, afterSeq, beforeSeq, seqs }: ChangeQuery) {
  let query = db
    .selectFrom('change')
    .selectAll()
    .orderBy('seq', newestFirst ? 'desc' : 'asc')
    .limit(limit);
  if (afterSeq !== undefined) query = query.where('seq', '>', afterSeq);
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq);
  return seqs ? query.where('seq', 'in', seqs) : query;
}

/** A statement takes so many numbers and no more. */
async function readMany(db: Tables, { seqs, ...asked }: ChangeQuery & { readonly seqs: readonly number[] }): Promise<readonly Change[]> {
  const found: Change[] = [];
  const ordered = seqs.toSorted((a, b) => (asked.newestFirst ? b - a : a - b));
  for (const batch of batches(ordered)) {
    if (found.length < asked.limit) found.push(...(await readChanges(db, { ...asked, seqs: batch, limit: asked.limit - found.length })));
  }
  return found;
}

/** What changes are searched by; their sides, which are most of them, are not read. */
export async function readMarks(db: Tables, { afterSeq, limit }: { afterSeq: number; limit: number }): Promise<readonly ChangeMark[]> {
  const marks = db.selectFrom('change').select(['seq', 'at', 'kind', 'device']).where('seq', '>', afterSeq);
  return (await marks.orderBy('seq').limit(limit).execute()).map(({ kind, ...mark }) => ({ ...mark, kind: changeKind(kind) }));
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
