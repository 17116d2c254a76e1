import { sql } from 'kysely';
import type { Commit, Fact, Instant, SpanDelta } from '../../core/index.ts';
import { factCode } from '../codes.ts';
import { goneKeys } from '../gone-keys.ts';
import { batches } from './rows.ts';
import type { Schema, Trx } from './schema.ts';

type Moment = { readonly scan: number; readonly at: Instant };

/** Devices whose spans are worked out in one go. */
const DEVICES = 100;

/** Ends and begins spans; returns how many. Throws when a span to end is not open, or one to begin already is. */
export async function writeSpans(trx: Trx, deltas: readonly SpanDelta[], moment: Moment): Promise<number> {
  let count = 0;
  for (const some of batches(deltas, DEVICES)) {
    const ended = some.flatMap((delta) => endsOf(delta, moment));
    const begun = some.flatMap((delta) => rowsOf(delta, moment));
    for (const batch of batches(ended)) await endSpans(trx, batch, moment.scan);
    for (const batch of batches(begun)) await trx.insertInto('span').values(batch).execute();
    await dropSightings(trx, some);
    count += ended.length + begun.length;
  }
  return count;
}

interface End {
  readonly device: number;
  readonly kind: number;
  readonly key: string;
  readonly at: Instant;
}

function endsOf({ device, close }: SpanDelta, { at }: Moment): readonly End[] {
  return close.map((end) => ({ device, kind: factCode(end.kind), key: end.key, at: end.at ?? at }));
}

function rowsOf({ device, open, past = [] }: SpanDelta, { scan, at }: Moment): readonly Schema['span'][] {
  const row = (fact: Fact) => ({ device, kind: factCode(fact.kind), key: fact.key, value: fact.value, opened_by: scan });
  return [
    ...past.map(({ fact, from, to }) => ({ ...row(fact), from_at: from, to_at: Math.max(from, to), closed_by: scan })),
    ...open.map((fact) => ({ ...row(fact), from_at: fact.from ?? at, to_at: null, closed_by: null })),
  ];
}

/** A clock that was set back must not turn a span round: it ends no earlier than it began. */
async function endSpans(trx: Trx, ends: readonly End[], scan: number): Promise<void> {
  const rows = ends.map(
    ({ device, kind, key, at }) => sql`(cast(${device} as bigint), cast(${kind} as bigint), ${key}, cast(${at} as bigint))`,
  );
  const { numAffectedRows } = await sql`
    update span set closed_by = ${scan}, to_at = case when span.from_at > ending.column4 then span.from_at else ending.column4 end
    from (values ${sql.join(rows)}) as ending
    where span.device = ending.column1 and span.kind = ending.column2 and span.key = ending.column3 and span.to_at is null
  `.execute(trx);
  if (Number(numAffectedRows) === ends.length) return;
  throw new Error(`closing ${ends.length} spans: only ${numAffectedRows} of them are open`);
}

/** An address that is no longer believed has no sighting either, nor a port a check. */
async function dropSightings(trx: Trx, deltas: readonly SpanDelta[]): Promise<void> {
  for (const { device, close, open } of deltas) {
    const gone = goneKeys(close, open);
    if (gone.length > 0) await trx.deleteFrom('sighting').where('device', '=', device).where('key', 'in', gone).execute();
  }
}

export async function writeSightings(
  trx: Trx,
  { sightings, checked = [] }: Pick<Commit, 'sightings' | 'checked'>,
  at: Instant,
): Promise<void> {
  const seen = sightings.map(({ device, address, at: moment = at }) => ({ device, key: address, seen_at: moment }));
  const asked = checked.map(({ device, port }) => ({ device, key: port, seen_at: at }));
  for (const batch of batches([...seen, ...asked])) {
    await trx
      .insertInto('sighting')
      .values(batch)
      .onConflict((known) => known.columns(['device', 'key']).doUpdateSet(({ ref }) => ({ seen_at: ref('excluded.seen_at') })))
      .execute();
  }
}
