import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { folderFor } from './folder.ts';

test('R29: the schema of the migrations is the one written down; a released one never changes', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  await (await openSqlite({ path })).close();
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by name").all();
  database.close();
  const schema = tables.map((row) => `${row['sql']};\n`).join('');
  assert.equal(schema, readFileSync(join(import.meta.dirname, 'schema-0001.sql'), 'utf8'));
});
