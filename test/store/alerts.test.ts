import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { Kysely } from 'kysely';
import type { NotificationQuery, Verdict } from '../../src/core/index.ts';
import { readAlertMemory } from '../../src/store/sql/alerts.ts';
import { packed, unpacked } from '../../src/store/sql/bodies.ts';
import { readIncidents, readNotifications } from '../../src/store/sql/read-alerts.ts';
import type { Schema } from '../../src/store/sql/schema.ts';
import { SqliteConnection } from '../../src/store/sqlite/connection.ts';
import { sqliteDialect } from '../../src/store/sqlite/dialect.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { appeared, arrival, SITE, START, sceneIn } from '../contracts/store/scene.ts';
import { incident, notification } from '../make/stored-alerts.ts';
import { folderFor } from './folder.ts';

test('law 3: a change that no rule asks for costs a dozen bytes more', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  const { store, commit, lease } = await sceneIn(await openSqlite({ path }));
  await commit(START, { ...arrival(1, START), changes: Array.from({ length: 10_000 }, () => appeared(1)) });
  const verdicts = Array.from({ length: 10_000 }, (_, n): Verdict => {
    const kind = ['device.readdressed', 'port.opened', 'device.described'][n % 3] as string;
    const text = `no rule asks for ${kind}`;
    return { seq: n + 1, at: START + (n % 90), rules: [{ rule: null, verdict: 'quiet', reason: 'unasked', text, incident: null }] };
  });
  const before = bytesOf(path);
  for (let n = 0; n < verdicts.length; n += 100)
    await store.writeAlerts({ site: SITE, judged: n + 100, verdicts: verdicts.slice(n, n + 100), incidents: [], notifications: [] }, lease);
  const each = (bytesOf(path) - before) / verdicts.length;
  assert.ok(each < 14, `${each} bytes for each`);
  assert.deepEqual(await store.verdictOf(9999), verdicts[9998]);
  await store.close();
});

/** Pages in use: the log is left out. */
function bytesOf(path: string): number {
  const database = new DatabaseSync(path);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  return statSync(path).size;
}

test('wordings that hold names are kept, too, while those that are kept once stay few', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  const { store, lease } = await sceneIn(await openSqlite({ path }));
  const verdicts = Array.from({ length: 2500 }, (_, n): Verdict => {
    const text = n === 0 ? 'x'.repeat(5000) : `no rule asks for changes of device ${n}`;
    return { seq: n + 1, at: START, rules: [{ rule: null, verdict: 'quiet', reason: 'unasked', text, incident: null }] };
  });
  await store.writeAlerts({ site: SITE, judged: 0, verdicts, incidents: [], notifications: [] }, lease);
  for (const seq of [1, 2, 1000, 1001, 1002, 2500]) assert.deepEqual(await store.verdictOf(seq), verdicts[seq - 1]);
  await store.close();
  const database = new DatabaseSync(path);
  const [row] = database.prepare('select count(*) as rows, max(length(body)) as longest from ruling').all();
  database.close();
  assert.deepEqual({ ...row }, { rows: 1000, longest: row?.['longest'] });
  assert.ok(Number(row?.['longest']) < 500);
});

test('an alert takes less than a quarter of its JSON, and any JSON comes back as it was', () => {
  for (const body of [notification(), incident()]) assert.ok(packed(body).length * 4 < JSON.stringify(body).length);
  fc.assert(fc.property(fc.jsonValue(), (body) => assert.equal(JSON.stringify(unpacked(packed(body))), JSON.stringify(body))));
});

test('what bodies are packed with never changes: stores are full of them', () => {
  const kept = Buffer.from(
    'g6QQU1hGqDDUNcWTGQoy8vNScecGcD2emFOMkheM8eaFvNRyBWjhopCXWIwlaxgh8gbEj0TljbzEYtTsYaAHgkYGGLnDHJ47IPYjZQ4kPZC8YWBkZWBgZZoKJo2tDAxxZBaoUYRyC8j3SpRkGWLTPWr6hnsLT3pFCmqk9IokSlF6BZljRjC9KiUmJSuhJ1gA',
    'base64',
  );
  assert.deepEqual(unpacked(kept), notification());
  assert.equal(createHash('sha256').update(packed(incident())).digest('hex').slice(0, 12), 'e1058094806b');
});

test('no question about alerts walks through all that ever were', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  await (await openSqlite({ path })).close();
  const asked: string[] = [];
  const open = () => new SqliteConnection(new DatabaseSync(path), path, (sql) => asked.push(sql));
  const tables = new Kysely<Schema>({ dialect: sqliteDialect({ open, path, use: 'read', patience: 0 }) });
  t.after(() => tables.destroy());
  const queries: Omit<NotificationQuery, 'site' | 'limit'>[] = [
    {},
    { states: ['dead', 'waiting'] },
    { channel: 'phone', before: 7 },
    { channel: 'phone', states: ['dead'] },
    { incident: 7, states: ['dead', 'waiting'] },
    { ids: [1, 2] },
  ];
  await tables.transaction().execute(async (trx) => {
    await readAlertMemory(trx, SITE, START);
    for (const query of queries) await readNotifications(trx, { site: SITE, limit: 9, ...query });
    for (const query of [{}, { open: true }, { open: false }, { ids: [1] }]) await readIncidents(trx, { site: SITE, limit: 9, ...query });
  });
  const database = new DatabaseSync(path);
  t.after(() => database.close());
  const selects = new Set(asked.filter((sql) => sql.startsWith('select')));
  assert.ok(selects.size > 12);
  for (const sql of selects) {
    const values = Array.from({ length: sql.split('?').length - 1 }, () => 1);
    const steps = database
      .prepare(`explain query plan ${sql}`)
      .all(...values)
      .map(({ detail }) => String(detail));
    // A walk along the numbers ends at the limit; whatever sorts has read all first.
    const walks = steps.filter((step) =>
      /TEMP B-TREE|PRIMARY KEY \(rowid[<>]|INDEX (?!incident_open)\w+ \(site=\?\)$|^SCAN (?!incident$|alerting$)/.test(step),
    );
    assert.deepEqual(walks, [], `${sql}: ${steps.join('; ')}`);
  }
});
