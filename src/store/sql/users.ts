import type { Selectable } from 'kysely';
import type { User, UserId } from '../../core/index.ts';
import { nameKey, standingOf } from '../access-shapes.ts';
import { takenName, takenSubject, unknownUser } from '../faults.ts';
import type { Schema, Tables, Trx } from './schema.ts';

type UserRow = Omit<Selectable<Schema['access_user']>, 'id'>;

export async function readUsers(db: Tables): Promise<readonly User[]> {
  return (await db.selectFrom('access_user').selectAll().orderBy('id').execute()).map((row) => ({
    id: row.id,
    name: row.name,
    ...standingOf(row),
    password: row.password,
    subject: row.subject,
    madeAt: row.made_at,
  }));
}

export async function insertUser(trx: Trx, user: Omit<User, 'id'>): Promise<User> {
  await refuseTaken(trx, { ...user, id: 0 });
  const { id } = await trx.insertInto('access_user').values(rowFrom(user)).returning('id').executeTakeFirstOrThrow();
  return { ...user, id };
}

export async function changeUser(trx: Trx, user: User): Promise<void> {
  await refuseTaken(trx, user);
  const { numUpdatedRows } = await trx.updateTable('access_user').set(rowFrom(user)).where('id', '=', user.id).executeTakeFirst();
  if (numUpdatedRows === 0n) throw unknownUser('changing', user.id);
}

export async function deleteUser(trx: Trx, id: UserId): Promise<void> {
  await trx.deleteFrom('sign_in').where('user_id', '=', id).execute();
  await trx.deleteFrom('token').where('user_id', '=', id).execute();
  const { numDeletedRows } = await trx.deleteFrom('access_user').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw unknownUser('removing', id);
}

async function refuseTaken(trx: Trx, { id, name, subject }: User): Promise<void> {
  const others = trx.selectFrom('access_user').select('id').where('id', '!=', id);
  if (await others.where('name_key', '=', nameKey(name)).executeTakeFirst()) throw takenName(name);
  if (subject !== null && (await others.where('subject', '=', subject).executeTakeFirst())) throw takenSubject(name);
}

const rowFrom = ({ name, role, password, subject, madeAt, disabledAt }: Omit<User, 'id'>): UserRow => ({
  name,
  name_key: nameKey(name),
  role,
  password,
  subject,
  made_at: madeAt,
  disabled_at: disabledAt,
});
