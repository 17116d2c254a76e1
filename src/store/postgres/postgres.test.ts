import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { storeContract } from '../../../test/contracts/store.ts';
import { startPglite } from '../../../test/store/pglite.ts';
import { Fault } from '../../core/index.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import type { Migration } from '../migrations/migrate.ts';
import { openPostgres } from './open.ts';

const server = await startPglite();
after(() => server.stop());
const open = (migrations = MIGRATIONS) => openPostgres({ pool: server.pool(), where: 'postgres://lab.example/roll', migrations });

storeContract('PostgreSQL', async () => {
  await server.wipe();
  let store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    stop: () => store.close(),
  };
});

test('R28: a database that a newer rollcall has written is refused and left alone', async () => {
  await server.wipe();
  const newer = { name: '9999-newer', up: async () => {} };
  await (await open([...MIGRATIONS, newer])).close();
  const refusal = (thrown: unknown): boolean =>
    thrown instanceof Fault &&
    thrown.code === 'refused' &&
    new RegExp(`9999-newer.*${MIGRATIONS.at(-1)?.name}`).test(thrown.message) &&
    !!thrown.remedy;
  await assert.rejects(open(), refusal);
  await (await open([...MIGRATIONS, newer])).close();
});

test('R27: a migration that fails halfway leaves the old schema', async () => {
  await server.wipe();
  await (await open()).close();
  const broken = {
    name: '9999-broken',
    async up(db: Parameters<Migration['up']>[0]) {
      await db.schema.dropTable('sighting').execute();
      throw new Error('cut short');
    },
  };
  await assert.rejects(open([...MIGRATIONS, broken]), /cut short/);
  const store = await open();
  assert.deepEqual(await store.check(), []);
  assert.deepEqual((await store.load('home')).devices, []);
  await store.close();
});

test('two processes that open an empty database at once both find the schema', async () => {
  await server.wipe();
  const stores = await Promise.all([open(), open()]);
  for (const store of stores) {
    assert.deepEqual(await store.check(), []);
    await store.close();
  }
});

test('a NUL character, which PostgreSQL cannot keep, is refused with a remedy', async () => {
  await server.wipe();
  const store = await open();
  const holder = { id: 'nul\u0000', pid: 1, host: 'lab', startedAt: 0 };
  await assert.rejects(
    store.acquireLease(holder, 0, 1),
    (thrown) => thrown instanceof Fault && thrown.code === 'bad-input' && !!thrown.remedy,
  );
  await store.close();
});

test('a copy of a database is left to pg_dump', async () => {
  const store = await open();
  await assert.rejects(store.backup('/nowhere/copy'), (thrown) => thrown instanceof Fault && /pg_dump/.test(thrown.remedy ?? ''));
  await store.close();
});
