import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderFor } from '../../test/store/folder.ts';
import { openStore, restoreSqlite } from './index.ts';

/** What a fresh process has loaded after running these lines. */
function loadedAfter(lines: string): string {
  const script = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ load: (url, context, next) => (seen.push(url), next(url, context)) });
    const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
    ${lines}
    console.log(seen.join('\\n'));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}

test('opening the store in a file loads no PostgreSQL, opening memory no database at all', (t) => {
  const path = JSON.stringify(join(folderFor(t), 'rollcall.db'));
  const file = loadedAfter(`await (await openStore({ kind: 'sqlite', path: ${path} })).close();`);
  assert.match(file, /kysely/);
  assert.doesNotMatch(file, /node_modules\/pg\/|\/store\/postgres\/|\/store\/memory\//);
  const memory = loadedAfter(`await (await openStore({ kind: 'memory' })).close();`);
  assert.doesNotMatch(memory, /kysely|sqlite|node_modules\/pg\//);
});

test('each kind of location opens its own kind of store', async (t) => {
  const path = join(folderFor(t), 'rollcall.db');
  for (const [kind, location] of [
    ['memory', { kind: 'memory' }],
    ['sqlite', { kind: 'sqlite', path }],
  ] as const) {
    const store = await openStore(location);
    assert.equal(store.kind, kind);
    await store.close();
  }
  await assert.rejects(openStore({ kind: 'postgres', url: 'postgres://roll:secret@127.0.0.1:1/roll' }), (thrown: Error) => {
    assert.match(thrown.message, /postgres:\/\/127\.0\.0\.1:1\/roll: the database does not answer/);
    assert.doesNotMatch(thrown.message, /secret/);
    return true;
  });
  await assert.rejects(restoreSqlite(join(path, 'copy'), path, 0), /no such file/);
});
