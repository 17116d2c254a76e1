import assert from 'node:assert/strict';
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { folderFor } from '../../../test/store/folder.ts';
import { openSqlite } from './open.ts';

const held = (folder: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(folder) && file.includes('.copy-');
    } catch {
      return false;
    }
  }).length;

/** A stream closes its file a moment after its end. */
async function letGo(folder: string): Promise<void> {
  for (const until = Date.now() + 5000; held(folder) > 0; await pause(5)) assert.ok(Date.now() < until, 'it is held');
}

test('a copy is of the size it says, whole, and has no name while it is read; read to its end nothing of it is held', async (t) => {
  const folder = folderFor(t);
  const store = await openSqlite({ path: join(folder, 'rollcall.db') });
  t.after(() => store.close());
  const copy = await store.copy();
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('copy')),
    [],
  );
  assert.equal(held(folder), 1);
  const bytes = Buffer.concat(await Array.fromAsync(copy.read()));
  assert.equal(bytes.length, copy.size);
  assert.equal(bytes.subarray(0, 15).toString(), 'SQLite format 3');
  await letGo(folder);
  assert.throws(() => copy.read(), /it was read, or dropped, already/);
  copy.drop(); // does nothing: its number may be of another file by now
  const path = join(folder, 'again.db');
  writeFileSync(path, bytes);
  const again = await openSqlite({ path, readonly: true });
  assert.deepEqual(await again.check(), []);
  await again.close();
});

test('a copy that nobody reads, or not to the end, holds nothing either', async (t) => {
  const folder = folderFor(t);
  const store = await openSqlite({ path: join(folder, 'rollcall.db') });
  t.after(() => store.close());
  (await store.copy()).drop();
  assert.equal(held(folder), 0);
  const broken = await store.copy();
  for await (const chunk of broken.read()) {
    assert.ok(chunk.length > 0);
    break;
  }
  await letGo(folder);
  const [one, two] = [await store.copy(), await store.copy()];
  assert.equal(held(folder), 2, 'two at once are two');
  one.drop();
  assert.equal(Buffer.concat(await Array.fromAsync(two.read())).length, two.size);
});
