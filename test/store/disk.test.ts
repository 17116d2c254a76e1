import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { arrival, MINUTE, SITE, START, sceneIn } from '../contracts/store/scene.ts';

/** A small disk of our own; undefined where this user may not mount one. */
function smallDisk(t: TestContext, size: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'rollcall-test', folder]).status === 0;
  t.after(() => {
    if (mounted) spawnSync('umount', ['-l', folder]);
    rmdirSync(folder);
  });
  if (mounted) return folder;
  t.skip('needs root to mount a small disk');
  return undefined;
}

const unavailable = (path: string) => (thrown: unknown) =>
  thrown instanceof Fault && thrown.code === 'unavailable' && thrown.message.includes(path) && thrown.remedy !== undefined;

test('R22: on a full disk a commit leaves nothing behind, reads go on, and writing goes on once there is room', async (t) => {
  const disk = smallDisk(t, '3m');
  if (!disk) return;
  const path = join(disk, 'rollcall.db');
  const { store, lease, commit, prepare } = await sceneIn(await openSqlite({ path }));
  t.after(() => store.close());
  await commit(START, arrival(1, START));
  const work = await prepare(START + MINUTE, { ...arrival(2, START), raw: new Uint8Array(1_000_000).map((_, index) => index * 7) });
  fill(join(disk, 'ballast'));
  for (const _ of [1, 2, 3]) await assert.rejects(store.commit(work, lease), unavailable(path));
  assert.equal((await store.load(SITE)).devices.length, 1);
  assert.equal((await store.changes({ limit: 10 })).length, 1);
  await assert.rejects(store.backup(join(disk, 'copy.db')), Fault);
  rmSync(join(disk, 'ballast'));
  assert.equal((await store.commit(work, lease))[0]?.seq, 2);
  assert.equal((await store.load(SITE)).devices.length, 2);
  assert.deepEqual(await store.check(), []);
});

test('R22: a store that does not fit the disk is not opened, and fits later', async (t) => {
  const disk = smallDisk(t, '1m');
  if (!disk) return;
  const path = join(disk, 'rollcall.db');
  fill(join(disk, 'ballast'));
  await assert.rejects(openSqlite({ path }), unavailable(path));
  rmSync(join(disk, 'ballast'));
  const store = await openSqlite({ path });
  assert.deepEqual(await store.check(), []);
  await store.close();
});

test('R23: on a disk that turned read-only nothing is written, and the message says so', async (t) => {
  const disk = smallDisk(t, '4m');
  if (!disk) return;
  const path = join(disk, 'rollcall.db');
  const { store, commit } = await sceneIn(await openSqlite({ path }));
  await commit(START, arrival(1, START));
  await store.close();
  assert.equal(spawnSync('mount', ['-o', 'remount,ro', disk]).status, 0);
  await assert.rejects(openSqlite({ path }), unavailable(path));
  await assert.rejects(openSqlite({ path: join(disk, 'other.db') }), unavailable(join(disk, 'other.db')));
});

/** Takes all the room there is. */
function fill(path: string): void {
  for (const size of [65536, 4096]) {
    for (;;) {
      try {
        writeFileSync(path, Buffer.alloc(size), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}
