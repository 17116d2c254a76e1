import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { arrival, SITE, START, sceneIn } from '../contracts/store/scene.ts';
import { folderFor } from './folder.ts';
import { later } from './programs/migrate-and-die.ts';

function run(program: string, path: string, deadly: number): { killed: boolean; lines: string[] } {
  const file = join(import.meta.dirname, 'programs', `${program}.ts`);
  const { signal, stdout, stderr } = spawnSync(process.execPath, [file, path, String(deadly)], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return { killed: signal === 'SIGKILL', lines: stdout.trim().split('\n') };
}

test('R16: killed at any statement, a store holds every commit that was answered, and each whole or not at all', async (t) => {
  const folder = folderFor(t);
  const [, count] = /statements (\d+)/.exec(run('commit-and-die', join(folder, 'whole.db'), -1).lines.join(' ')) ?? [];
  assert.ok(Number(count) > 30);
  for (let deadly = 1; deadly <= Number(count); deadly += 3) {
    const path = join(folder, `${deadly}.db`);
    const { killed, lines } = run('commit-and-die', path, deadly);
    assert.ok(killed);
    const answered = lines.filter((line) => /^\d+$/.test(line)).length;
    const store = await openSqlite({ path });
    const { devices, lastSeq } = await store.load(SITE);
    const scans = await store.scans({ limit: 10 });
    const finished = scans.filter(({ outcome }) => outcome !== 'running');
    assert.deepEqual(await store.check(), []);
    assert.ok(lastSeq === answered || lastSeq === answered + 1, `${answered} answered, ${lastSeq} kept`);
    assert.equal(devices.length, lastSeq);
    assert.equal(finished.length, lastSeq);
    assert.equal(devices.filter(({ presence }) => presence === 'away').length, Math.max(0, lastSeq - 1));
    for (const { id } of finished) assert.equal((await store.rawOf(id))?.length, 9);
    await store.close();
  }
});

test('R16: killed at any statement, each step of alerting is there whole or not at all', async (t) => {
  const folder = folderFor(t);
  const [, count] = /statements (\d+)/.exec(run('alert-and-die', join(folder, 'whole.db'), -1).lines.join(' ')) ?? [];
  assert.ok(Number(count) > 20);
  for (let deadly = 1; deadly <= Number(count); deadly += 2) {
    const path = join(folder, `${deadly}.db`);
    const { killed, lines } = run('alert-and-die', path, deadly);
    assert.ok(killed);
    const answered = lines.filter((line) => /^\d+$/.test(line)).length;
    const store = await openSqlite({ path });
    const { judged, incidents, notifications } = await store.alertMemory(SITE, START);
    assert.ok(judged === answered || judged === answered + 1, `${answered} answered, ${judged} kept`);
    const numbers = Array.from({ length: judged }, (_, n) => n + 1);
    assert.deepEqual([incidents.map(({ id }) => id), notifications.map(({ id }) => id)], [numbers, numbers]);
    assert.deepEqual(
      notifications.map(({ state }) => state),
      numbers.map((n) => (n < judged ? 'delivered' : 'waiting')),
    );
    assert.deepEqual(
      await Promise.all([1, 2, 3].map(async (seq) => (await store.verdictOf(seq)) !== undefined)),
      [1, 2, 3].map((seq) => seq <= judged),
    );
    assert.deepEqual(await store.check(), []);
    await store.close();
  }
});

test('R27: killed at any statement of a migration, a store has the old schema or the new one, and opens again', async (t) => {
  const folder = folderFor(t);
  const old = join(folder, 'old.db');
  const { store, commit } = await sceneIn(await openSqlite({ path: old }));
  await commit(START, arrival(1, START));
  await store.close();
  let killed = true;
  for (let deadly = 1; killed; deadly++) {
    const path = join(folder, `${deadly}.db`);
    copyFileSync(old, path);
    ({ killed } = run('migrate-and-die', path, deadly));
    assert.equal(isNew(path), !killed, `at statement ${deadly}`);
    if (!killed) assert.ok(deadly > 7);
    assert.ok(existsSync(`${path}.before-9999-later`));
    const again = await openSqlite({ path, migrations: [...MIGRATIONS, later] });
    assert.equal((await again.load(SITE)).devices[0]?.firstSeen, 42);
    assert.deepEqual(await again.check(), []);
    await again.close();
  }
});

/** Whether all of the later schema is there; throws when only some of it is. */
function isNew(path: string): boolean {
  const database = new DatabaseSync(path);
  const has = (text: string): boolean => database.prepare('select 1 from sqlite_master where sql like ?').get(`%${text}%`) !== undefined;
  const signs = [has('"remark" text'), has('create table "group"'), !has('"change_at"')];
  const [first] = database.prepare('select first_seen from device').all();
  database.close();
  const renamed = first?.['first_seen'] === 42;
  assert.ok(
    signs.every((sign) => sign === renamed),
    `half a migration: ${signs}, ${renamed}`,
  );
  return renamed;
}
