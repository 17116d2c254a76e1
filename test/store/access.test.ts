import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { restoreSqlite } from '../../src/store/sqlite/restore.ts';
import { sceneIn } from '../contracts/store/scene.ts';
import { MINUTE, START, signIn, token, user } from '../make/access.ts';
import { folderFor } from './folder.ts';

const ROWS = 50_000;

test('the audit is answered at once under 50,000 entries, whatever is asked', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  const { store } = await sceneIn(await openSqlite({ path }));
  t.after(() => store.close());
  const database = new DatabaseSync(path);
  database.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
    insert into audit (at, whose, proof, operation, named, outcome)
    select ${START} + i * ${MINUTE}, case when i % 5000 = 0 then 'rare' else 'anna' end, 'sign-in',
      case when i % 4999 = 0 then 'users.add' else 'scans.start' end, 'row ' || i, 'done' from n`);
  const plan = (sql: string): string => JSON.stringify(database.prepare(`explain query plan ${sql}`).all());
  assert.match(plan(`select * from audit where whose = 'rare' order by id desc limit 50`), /audit_whose/);
  assert.match(plan(`select * from audit where operation = 'users.add' order by id desc limit 50`), /audit_operation/);
  assert.match(plan(`select id from audit where at < ${START} order by at limit 500`), /audit_at/);
  database.close();
  const queries = [
    {},
    { who: 'rare' },
    { operation: 'users.add' },
    { operation: 'users.' },
    { since: START + ROWS * MINUTE },
    { before: 100 },
  ];
  const counts: number[] = [];
  const began = performance.now();
  for (const query of queries) counts.push((await store.access.audit({ limit: 50, ...query })).length);
  const took = performance.now() - began;
  assert.deepEqual(counts, [50, 10, 10, 10, 1, 50]);
  t.diagnostic(`${queries.length} questions took ${took.toFixed(0)} ms`);
  assert.ok(took < 1000, `six questions took ${took} ms`);
});

test('S19: who signed out after a copy was made is not in again when it is put back', async (t) => {
  const folder = folderFor(t);
  const [path, copy] = [join(folder, 'rollcall.db'), join(folder, 'copy.db')];
  const { store, lease } = await sceneIn(await openSqlite({ path }));
  const anna = await store.access.addUser(user('anna', { role: 'admin' }), lease);
  const open = await store.access.addSignIn(signIn(anna.id, 'a'), lease);
  await store.backup(copy);
  await store.access.updateSignIns([{ ...open, endedAt: START }], lease);
  await store.close();
  await restoreSqlite(copy, path, START);
  const back = await openSqlite({ path });
  t.after(() => back.close());
  assert.deepEqual([await back.access.users(), await back.access.signIns(START)], [[anna], []]);
});

test('a damaged role or scope opens no door, and the check of the store names it', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  const { store, lease } = await sceneIn(await openSqlite({ path }));
  t.after(() => store.close());
  const anna = await store.access.addUser(user('anna', { role: 'admin' }), lease);
  await store.access.addToken(token('t', 'a', { scopes: ['read', 'scan'] }), lease);
  const database = new DatabaseSync(path);
  database.exec(`update access_user set role = 'Admin'; update token set scopes = 'admin2 readscan scan __proto__'`);
  database.close();
  assert.deepEqual(await store.access.users(), [{ ...anna, role: 'viewer', disabledAt: START }]);
  assert.deepEqual((await store.access.tokens())[0]?.scopes, ['scan']);
  assert.match((await store.check()).join(), /users have a role that nobody knows/);
});
