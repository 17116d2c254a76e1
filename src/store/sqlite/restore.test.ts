import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { arrival, SITE, START, sceneIn } from '../../../test/contracts/store/scene.ts';
import { folderFor } from '../../../test/store/folder.ts';
import { Fault, type FaultCode } from '../../core/index.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { openSqlite } from './open.ts';
import { restoreSqlite } from './restore.ts';

const NOW = START + 1;
const fault = (code: FaultCode, text: RegExp) => (thrown: unknown) =>
  thrown instanceof Fault && thrown.code === code && text.test(thrown.message) && thrown.remedy !== undefined;

/** A closed store with one device, a copy of it, and then a second device. */
async function storeAndCopy(t: TestContext): Promise<{ path: string; copy: string }> {
  const folder = folderFor(t);
  const [path, copy] = [join(folder, 'rollcall.db'), join(folder, 'copy.db')];
  const { store, commit } = await sceneIn(await openSqlite({ path }));
  await commit(START, arrival(1, START));
  await store.backup(copy);
  await commit(START + 1, arrival(2, START));
  await store.close();
  return { path, copy };
}

async function devicesIn(path: string): Promise<number> {
  const store = await openSqlite({ path });
  const { devices } = await store.load(SITE);
  assert.deepEqual(await store.check(), []);
  await store.close();
  return devices.length;
}

test('R25: a copy put back shows what it held, and the former store is kept beside it', async (t) => {
  const { path, copy } = await storeAndCopy(t);
  const kept = `${path}.before-restore-${NOW}`;
  assert.deepEqual(await restoreSqlite(copy, path, NOW), { kept });
  assert.equal(await devicesIn(path), 1);
  assert.equal(await devicesIn(kept), 2);
  assert.equal((statSync(path).mode & 0o777).toString(8), '600');
  assert.deepEqual(
    readdirSync(dirname(path)).filter((name) => name.includes('restoring')),
    [],
  );
});

test('R25: a copy is one file of its own, and is put back where no store was', async (t) => {
  const { copy } = await storeAndCopy(t);
  assert.equal(existsSync(`${copy}-wal`), false);
  const path = join(folderFor(t), 'rollcall.db');
  assert.deepEqual(await restoreSqlite(copy, path, NOW), { kept: null });
  assert.equal(await devicesIn(path), 1);
});

test('R17: what is told after a copy was put back is not taken for what was told before', async (t) => {
  const { path, copy } = await storeAndCopy(t);
  const tagOf = async (file: string): Promise<string> => {
    const store = await openSqlite({ path: file });
    const { tag } = await store.alertMemory(SITE, NOW);
    await store.close();
    return tag;
  };
  const before = await tagOf(path);
  assert.equal(await tagOf(copy), before);
  await restoreSqlite(copy, path, NOW);
  const after = await tagOf(path);
  assert.notEqual(after, before);
  assert.equal(await tagOf(path), after);
});

test('R24: a copy replaces a damaged store, which is kept, and whose log is not played into it', async (t) => {
  const { path, copy } = await storeAndCopy(t);
  const { store } = await sceneIn(await openSqlite({ path }));
  const log = readFileSync(`${path}-wal`);
  await store.close();
  for (const left of [log, Buffer.alloc(9000, 'y')]) {
    writeFileSync(path, 'x'.repeat(9000));
    writeFileSync(`${path}-wal`, left);
    const { kept } = await restoreSqlite(copy, path, NOW + left.length);
    assert.equal(existsSync(`${path}-wal`), false);
    assert.equal(await devicesIn(path), 1);
    assert.match(readFileSync(kept ?? '', 'utf8'), /^x{100}/);
  }
});

test('a store that is open somewhere is not replaced', async (t) => {
  const { path, copy } = await storeAndCopy(t);
  const open = await sceneIn(await openSqlite({ path }));
  await assert.rejects(restoreSqlite(copy, path, NOW), fault('conflict', /has it open/));
  await open.commit(START + 2, arrival(3, START));
  await open.store.close();
  assert.equal(await devicesIn(path), 3);
});

test('what is no sound copy is refused, and the store stays as it is', async (t) => {
  const { path, copy } = await storeAndCopy(t);
  const folder = folderFor(t);
  const [missing, text, cut, newer] = ['missing', 'text', 'cut', 'newer'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  writeFileSync(text, 'z'.repeat(5000));
  writeFileSync(cut, readFileSync(copy).subarray(0, 20_000));
  writeFileSync(join(folder, 'empty'), '');
  await (await openSqlite({ path: newer, migrations: [...MIGRATIONS, { name: '9999-newer', up: async () => {} }] })).close();
  await assert.rejects(restoreSqlite(missing, path, NOW), fault('not-found', /no such file/));
  await assert.rejects(restoreSqlite(text, path, NOW), fault('unavailable', /damaged/));
  await assert.rejects(restoreSqlite(cut, path, NOW), fault('unavailable', /damaged/));
  await assert.rejects(restoreSqlite(newer, path, NOW), fault('refused', /9999-newer/));
  await assert.rejects(restoreSqlite(join(folder, 'empty'), path, NOW), fault('refused', /holds no store/));
  assert.equal(await devicesIn(path), 2);
});

test('a copy never overwrites a file', async (t) => {
  const { path, copy } = await storeAndCopy(t);
  const store = await openSqlite({ path });
  await assert.rejects(store.backup(copy), fault('refused', /exists already/));
  await assert.rejects(store.backup(join(dirname(path), 'no', 'such', 'folder')), fault('unavailable', /no such folder/));
  await store.close();
  assert.equal(await devicesIn(copy), 1);
});
