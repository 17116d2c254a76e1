import assert from 'node:assert/strict';
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { fakeKeeper } from '../http/fake-keeper.ts';
import { type OpenDoor, openDoor, TOKEN } from '../http/open-door.ts';
import { smallDisk } from '../make/small-disk.ts';
import { needs } from '../needs.ts';
import { folderFor } from '../store/folder.ts';
import { type Populated, populated } from './populated.ts';

/** Files of a folder that this process holds open though they have no name any more. */
const nameless = (folder: string): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(folder) && file.endsWith(' (deleted)') ? [file] : [];
    } catch {
      return [];
    }
  });

async function comesTrue(what: () => boolean): Promise<void> {
  for (const until = Date.now() + 5000; !what(); await pause(10)) assert.ok(Date.now() < until, 'it never came true');
}

/** A house that remembers in a file; the file is closed after the test, when all that was to be seen in it was seen. */
async function inFile(t: TestContext, folder: string): Promise<Populated> {
  const store = await openSqlite({ path: join(folder, 'rollcall.db') });
  t.after(() => store.close());
  return populated({ store: { ...store, close: async () => {} } });
}

/** A door to nothing but a store. */
async function doorTo(t: TestContext, path: string): Promise<OpenDoor> {
  const store = await openSqlite({ path });
  const door = await openDoor({ keeper: fakeKeeper({ copyStore: () => store.copy() }) });
  t.after(async () => {
    await door[Symbol.asyncDispose]();
    await store.close();
  });
  return door;
}

suite('downloading a backup', () => {
  test('is a whole store of its own that opens and is sound, over REST and over the socket; nothing of it stays behind', async (t) => {
    const folder = folderFor(t);
    await using house = await inFile(t, folder);
    await house.client.devices.edit({ reference: '1', name: 'server' });
    const reply = await house.ask('GET', '/backups/download');
    assert.equal(reply.status, 200);
    assert.match(String(reply.headers['content-disposition']), /^attachment; filename="rollcall-\d{4}-\d\d-\d\d\.db"$/);
    const overRest = await house.door.bytes('/api/v1/backups/download');
    const overSocket = await (await house.client.backups.download()).bytes();
    for (const [i, bytes] of [overRest, overSocket].entries()) {
      const path = join(folderFor(t), `copy-${i}.db`);
      writeFileSync(path, bytes);
      const copy = await openSqlite({ path, readonly: true });
      assert.deepEqual(await copy.check(), []);
      assert.deepEqual(
        (await copy.load('home')).devices.map(({ labels }) => labels.alias),
        ['server', null, null],
      );
      await copy.close();
    }
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('copy')),
      [],
    );
    await comesTrue(() => nameless(folder).length === 0);
    assert.deepEqual(house.failures, []);
  });

  test('a client that goes away in the middle leaves no file, and no open one', async (t) => {
    const folder = folderFor(t);
    const path = join(folder, 'rollcall.db');
    await (await openSqlite({ path })).close();
    const database = new DatabaseSync(path);
    database.exec(
      `pragma foreign_keys = off; insert into raw (scan, body) with recursive n(i) as (select 1 union all select i + 1 from n where i < 400) select i, zeroblob(65536) from n`,
    );
    database.close();
    const door = await doorTo(t, path);
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = request(
      { host: '127.0.0.1', port: door.port, path: '/api/v1/backups/download', headers: { authorization: `Bearer ${TOKEN}` }, agent: false },
      (incoming) => {
        incoming.once('data', () => {
          asked.destroy();
          resolve();
        });
        incoming.on('error', () => undefined);
      },
    );
    asked.on('error', () => undefined);
    asked.end();
    await promise;
    await comesTrue(() => nameless(folder).length === 0);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('copy')),
      [],
    );
  });

  test('what another process left when it died is cleared away', async (t) => {
    const folder = folderFor(t);
    writeFileSync(join(folder, 'rollcall.db.copy-1-1'), 'left over');
    const door = await doorTo(t, join(folder, 'rollcall.db'));
    await (await door.client.backups.download()).bytes();
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('copy')),
      [],
    );
  });

  test('a store that is no file is refused with what to do instead', async () => {
    await using house = await populated();
    const { status, json } = await house.ask('GET', '/backups/download');
    assert.deepEqual([status, json.message], [403, 'copying store: a memory store is no file']);
  });

  test('R22: a full disk is told in words, and leaves nothing', needs('root'), async (t) => {
    const disk = smallDisk();
    const path = join(disk.folder, 'rollcall.db');
    await (await openSqlite({ path })).close();
    const store = await openSqlite({ path });
    const door = await openDoor({ keeper: fakeKeeper({ copyStore: () => store.copy() }) });
    t.after(async () => {
      await door[Symbol.asyncDispose]();
      await store.close();
      disk.remove();
    });
    disk.fill();
    const { status, json } = await door.ask('/api/v1/backups/download');
    assert.equal(status, 503);
    assert.match(json.message, /disk is full|disk failed/);
    assert.deepEqual(
      readdirSync(disk.folder).filter((name) => name.includes('copy')),
      [],
    );
    disk.free();
    assert.equal((await door.ask('/api/v1/backups/download')).status, 200);
  });
});
