import type { Selectable } from 'kysely';
import type { Token } from '../../core/index.ts';
import { scopesFrom, scopesText } from '../access-shapes.ts';
import { unknownProof } from '../faults.ts';
import type { Schema, Tables, Trx } from './schema.ts';

type TokenRow = Omit<Selectable<Schema['token']>, 'id'>;

export async function readTokens(db: Tables): Promise<readonly Token[]> {
  return (await db.selectFrom('token').selectAll().orderBy('id').execute()).map((row) => ({
    id: row.id,
    name: row.name,
    digest: row.digest,
    hint: row.hint,
    scopes: scopesFrom(row.scopes),
    user: row.user_id,
    madeAt: row.made_at,
    until: row.until,
    usedAt: row.used_at,
    endedAt: row.ended_at,
  }));
}

export async function insertToken(trx: Trx, token: Omit<Token, 'id'>): Promise<Token> {
  const { id } = await trx.insertInto('token').values(rowFrom(token)).returning('id').executeTakeFirstOrThrow();
  return { ...token, id };
}

export async function changeTokens(trx: Trx, tokens: readonly Token[]): Promise<void> {
  for (const token of tokens) {
    const { numUpdatedRows } = await trx.updateTable('token').set(rowFrom(token)).where('id', '=', token.id).executeTakeFirst();
    if (numUpdatedRows === 0n) throw unknownProof('token', token.id);
  }
}

const rowFrom = ({ name, digest, hint, scopes, user, madeAt, until, usedAt, endedAt }: Omit<Token, 'id'>): TokenRow => ({
  name,
  digest,
  hint,
  scopes: scopesText(scopes),
  user_id: user,
  made_at: madeAt,
  until,
  used_at: usedAt,
  ended_at: endedAt,
});
