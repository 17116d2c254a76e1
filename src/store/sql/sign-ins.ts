import type { Selectable } from 'kysely';
import type { Instant, SignIn } from '../../core/index.ts';
import { unknownProof } from '../faults.ts';
import type { Schema, Tables, Trx } from './schema.ts';

type SignInRow = Omit<Selectable<Schema['sign_in']>, 'id'>;

export async function readSignIns(db: Tables, at: Instant): Promise<readonly SignIn[]> {
  const open = db.selectFrom('sign_in').selectAll().where('until', '>', at).where('ended_at', 'is', null);
  return (await open.orderBy('id').execute()).map((row) => ({
    id: row.id,
    digest: row.digest,
    user: row.user_id,
    at: row.made_at,
    seenAt: row.seen_at,
    until: row.until,
    from: row.came_from,
    agent: row.agent,
    endedAt: row.ended_at,
  }));
}

export async function insertSignIn(trx: Trx, signIn: Omit<SignIn, 'id'>): Promise<SignIn> {
  const { id } = await trx.insertInto('sign_in').values(rowFrom(signIn)).returning('id').executeTakeFirstOrThrow();
  return { ...signIn, id };
}

export async function changeSignIns(trx: Trx, signIns: readonly SignIn[]): Promise<void> {
  for (const signIn of signIns) {
    const { numUpdatedRows } = await trx.updateTable('sign_in').set(rowFrom(signIn)).where('id', '=', signIn.id).executeTakeFirst();
    if (numUpdatedRows === 0n) throw unknownProof('sign-in', signIn.id);
  }
}

/** Those that were over by then. */
export async function pruneSignIns(trx: Trx, before: Instant): Promise<number> {
  const over = trx.deleteFrom('sign_in').where(({ eb, or }) => or([eb('until', '<', before), eb('ended_at', '<', before)]));
  return Number((await over.executeTakeFirst()).numDeletedRows);
}

const rowFrom = ({ digest, user, at, seenAt, until, from, agent, endedAt }: Omit<SignIn, 'id'>): SignInRow => ({
  digest,
  user_id: user,
  made_at: at,
  seen_at: seenAt,
  until,
  came_from: from,
  agent,
  ended_at: endedAt,
});
