import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { arrival, MINUTE, openPort, present, SITE, START, sceneIn } from '../../../test/contracts/store/scene.ts';
import { folderFor } from '../../../test/store/folder.ts';
import { Fault, type FaultCode } from '../../core/index.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { openSqlite, type SqliteOptions } from './open.ts';

const fault = (code: FaultCode, text: RegExp) => (thrown: unknown) =>
  thrown instanceof Fault && thrown.code === code && text.test(thrown.message) && thrown.remedy !== undefined;
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const later = { name: '9999-later', up: async () => {} };

async function opened(t: TestContext, options: SqliteOptions) {
  const store = await openSqlite(options);
  t.after(() => store.close());
  return store;
}

test('S28: the store, its log and its copies are readable by their owner only', async (t) => {
  const path = join(folderFor(t), 'made', 'on', 'the', 'way', 'rollcall.db');
  const { store, commit } = await sceneIn(await opened(t, { path }));
  await commit(START, arrival(1, START));
  await store.backup(`${path}.copy`);
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}.copy`]) assert.equal(modeOf(file), '600', file);
});

test('S28: a store that others may read is closed to them when opened', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  writeFileSync(path, '', { mode: 0o666 });
  await (await openSqlite({ path })).close();
  assert.equal(modeOf(path), '600');
});

test('R28: a store that a newer rollcall has written is refused by name and not touched', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  await (await openSqlite({ path, migrations: [...MIGRATIONS, later] })).close();
  const before = readFileSync(path);
  await assert.rejects(openSqlite({ path }), fault('refused', new RegExp(`newer rollcall.*9999-later.*${MIGRATIONS.at(-1)?.name}`)));
  assert.deepEqual(readFileSync(path), before);
});

test('R27: before an older store is brought up to date, a copy is kept beside it', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  const { store, commit } = await sceneIn(await openSqlite({ path }));
  await commit(START, arrival(1, START));
  await store.close();
  const newer = await opened(t, { path, migrations: [...MIGRATIONS, later] });
  assert.equal((await newer.load(SITE)).devices.length, 1);
  const copy = await opened(t, { path: `${path}.before-9999-later`, readonly: true });
  assert.equal((await copy.load(SITE)).devices.length, 1);
  assert.equal(modeOf(`${path}.before-9999-later`), '600');
});

test('the database of another program is refused', async (t) => {
  const path = join(folderFor(t), 'cookies.db');
  const foreign = new DatabaseSync(path);
  foreign.exec('create table cookie (jar)');
  foreign.close();
  const before = readFileSync(path);
  await assert.rejects(openSqlite({ path }), fault('refused', /another program/));
  assert.deepEqual(readFileSync(path), before);
});

test('a path that cannot be a store is refused with the reason', async (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, 'file'), 'x');
  await assert.rejects(openSqlite({ path: folder }), fault('unavailable', /it is no file/));
  await assert.rejects(openSqlite({ path: join(folder, 'file', 'rollcall.db') }), fault('unavailable', /no folder/));
  await assert.rejects(openSqlite({ path: '/proc/nowhere/rollcall.db' }), fault('unavailable', /no such folder/));
});

test('R24: a file that is no database is refused with the way back, and not touched', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  writeFileSync(path, 'this is a shopping list, and a long one at that: '.repeat(100));
  await assert.rejects(
    openSqlite({ path }),
    (thrown) => fault('unavailable', /damaged or no database/)(thrown) && /rollcall restore/.test((thrown as Fault).remedy ?? ''),
  );
  assert.match(readFileSync(path, 'utf8'), /^this is a shopping list/);
});

test('a store opened for reading shows everything and writes nothing', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  await assert.rejects(openSqlite({ path, readonly: true }), fault('not-found', /no such file/));
  const { commit } = await sceneIn(await opened(t, { path }));
  await commit(START, arrival(1, START));
  const reader = await opened(t, { path, readonly: true });
  assert.equal((await reader.load(SITE)).devices.length, 1);
  await assert.rejects(sceneIn(reader), fault('refused', /for reading only/));
  await assert.rejects(openSqlite({ path, readonly: true, migrations: [...MIGRATIONS, later] }), fault('refused', /older rollcall/));
});

test('another process that keeps the store locked is waited for, then named as a conflict', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  const { store, lease, prepare } = await sceneIn(await opened(t, { path, patience: 150 }));
  const work = await prepare(START, arrival(1, START));
  const other = new DatabaseSync(path);
  t.after(() => other.close());
  other.exec('begin immediate');
  const turns = countTurns();
  await assert.rejects(store.commit(work, lease), fault('conflict', /another process keeps it locked/));
  assert.ok(turns() > 3, 'this process went on meanwhile');
  assert.deepEqual((await store.load(SITE)).devices, [], 'reading needs no lock');
  const patient = store.commit(work, lease);
  other.exec('rollback');
  assert.equal((await patient).length, 1);
});

test('while a big scan is committed, reads are answered and other work gets its turn', async (t) => {
  const { store, lease, prepare } = await sceneIn(await opened(t, { path: join(folderFor(t), 'rollcall.db') }));
  const ids = Array.from({ length: 6000 }, (_, index) => index + 1);
  const work = await prepare(START, {
    created: ids.map((device) => ({ device, firstSeen: START })),
    spans: ids.map((device) => ({ device, close: [], open: [present, openPort(22), openPort(80), openPort(443)] })),
  });
  const turns = countTurns();
  let committed = false;
  const commit = store.commit(work, lease).then(() => {
    committed = true;
  });
  for (let reads = 0; reads < 2; reads++) {
    assert.deepEqual((await store.devicesAt(SITE, START + MINUTE)).length, 0);
    assert.equal(committed, false, 'the answer came before the commit was through');
  }
  await commit;
  assert.ok(turns() > 5);
  assert.equal((await store.load(SITE)).devices.length, 6000);
});

test('law 3: more scans than fit one batch fold at once', async (t) => {
  const { store, lease, commit } = await sceneIn(await opened(t, { path: join(folderFor(t), 'rollcall.db') }));
  await commit(START, arrival(1, START));
  for (let n = 1; n <= 510; n++) await commit(START + n, { raw: n % 2 ? new Uint8Array([n]) : null });
  assert.deepEqual(await store.prune({ singles: 0, raw: 0 }, START + MINUTE, lease), { scans: 509, raw: 255, alerts: 0 });
  assert.equal((await store.scans({ limit: 600 })).length, 2);
});

/** Counts how often the event loop comes round from now on. */
function countTurns(): () => number {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  return () => {
    clearImmediate(next);
    return turns;
  };
}
