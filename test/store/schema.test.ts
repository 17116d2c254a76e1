import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { covering } from '../make/device.ts';
import { folderFor } from './folder.ts';

const SITE = 'home';

function schemaOf(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by name").all();
  database.close();
  return tables.map((row) => `${row['sql']};\n`).join('');
}

for (const [index, { name }] of MIGRATIONS.entries()) {
  test(`R29: the schema after ${name} is the one written down; a released one never changes`, async (t) => {
    const path = join(folderFor(t), 'rollcall.db');
    await (await openSqlite({ path, migrations: MIGRATIONS.slice(0, index + 1) })).close();
    assert.equal(schemaOf(path), readFileSync(join(import.meta.dirname, `schema-${name.slice(0, 4)}.sql`), 'utf8'));
  });
}

test('R27: runs of a store from before baselines cover what they covered, from when on is known', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  await (await openSqlite({ path, migrations: MIGRATIONS.slice(0, 1) })).close();
  const kept = join(folderFor(t), 'kept.db');
  const source = await openSqlite({ path: kept });
  const holder = { id: 'me', pid: 1, host: 'here', startedAt: 0 };
  const answer = await source.acquireLease(holder, 0, 1e12);
  assert.ok(answer.granted);
  const plain = { site: SITE, target: 1, vantage: null, tool: null, commands: [], asked: 1, up: 1, cause: null } as const;
  for (const [subject, at] of [
    ['10.0.0.0/24', 1000],
    ['10.0.0.0/24', 2000],
    ['10.0.1.0/24', 3000],
  ] as const) {
    const running = {
      ...plain,
      subject,
      plan: 'sweep',
      startedAt: at - 500,
      finishedAt: null,
      outcome: 'running',
      coverage: null,
    } as const;
    const id = await source.beginScan(running, answer.lease);
    const scan = { ...running, id, finishedAt: at, outcome: 'complete', coverage: covering([subject]), changes: 0, run: null } as const;
    await source.commit({ scan, created: [], spans: [], sightings: [], changes: [], raw: null }, answer.lease);
  }
  await source.close();
  moveRuns(kept, path);
  const store = await openSqlite({ path });
  t.after(() => store.close());
  const subjectsAt = async (at: number): Promise<string[]> => (await store.lastLooks(SITE, at)).map(({ subject }) => subject).sort();
  assert.deepEqual(await subjectsAt(499), []);
  assert.deepEqual(await subjectsAt(1000), ['10.0.0.0/24']);
  assert.deepEqual(await subjectsAt(2999), ['10.0.0.0/24'], 'of one scan its end is known');
  assert.deepEqual(await subjectsAt(3000), ['10.0.0.0/24', '10.0.1.0/24']);
});

test('R29: what happened before there were rules is judged by none: nobody is told of old history after an upgrade', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  await (await openSqlite({ path, migrations: MIGRATIONS.slice(0, 7) })).close();
  const database = new DatabaseSync(path);
  database.exec(`
    insert into device (id, site, first_seen) values (1, 'home', 1000);
    insert into change (seq, at, kind, device, scan) values (1, 1000, 0, 1, 1), (2, 2000, 1, 1, 1), (3, 3000, 2, 1, 1);
    pragma foreign_keys = off; insert into scan (id, topic, started_at, asked, up, changes, spans) values (1, 1, 0, 0, 0, 3, 0);
  `);
  database.close();
  const store = await openSqlite({ path });
  t.after(() => store.close());
  const memory = await store.alertMemory(SITE, 4000);
  assert.deepEqual([memory.judged, memory.incidents, memory.notifications], [3, [], []]);
  assert.equal(await store.verdictOf(3), undefined);
  assert.deepEqual(await store.check(), []);
});

/** Copies scans and runs into a store of the first schema. */
function moveRuns(from: string, to: string): void {
  const database = new DatabaseSync(to);
  database.exec(`attach '${from}' as new;
    insert into topic select * from new.topic;
    insert into terms select * from new.terms;
    insert into run select id, topic, terms, first_at, last_at, count from new.run;
    insert into scan select * from new.scan`);
  database.close();
}

test('R29: names and windows given to devices before labels had a history are labels now, said since the device was first seen', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  await (await openSqlite({ path, migrations: MIGRATIONS.slice(0, 2) })).close();
  const database = new DatabaseSync(path);
  database.exec(`
    insert into device (id, site, alias, window, first_seen) values (1, 'home', 'printer', 60000, 1000), (2, 'home', null, null, 2000);
    insert into span (device, kind, key, value, from_at, opened_by) values (1, 0, '', 'present', 1000, 1), (2, 0, '', 'present', 2000, 1);
  `);
  database.close();
  const store = await openSqlite({ path });
  const { devices } = await store.load(SITE);
  assert.deepEqual(
    devices.map(({ labels }) => [labels.alias, labels.window]),
    [
      ['printer', 60_000],
      [null, null],
    ],
  );
  assert.deepEqual(await store.check(), []);
  assert.equal((await store.devicesAt(SITE, 1500))[0]?.labels.alias, 'printer');
  await store.close();
});
