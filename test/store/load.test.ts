import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { restoreSqlite } from '../../src/store/sqlite/restore.ts';
import { arrival, MINUTE, SITE, START, sceneIn } from '../contracts/store/scene.ts';
import { folderFor } from './folder.ts';

test('R25: copies made while scans are committed each hold whole commits, and can be put back', async (t) => {
  const folder = folderFor(t);
  const path = join(folder, 'rollcall.db');
  const { store, commit } = await sceneIn(await openSqlite({ path }));
  let committed = 0;
  let writing = true;
  const writer = (async () => {
    while (writing) {
      committed++;
      await commit(START + committed * MINUTE, { ...arrival(committed, START), raw: new Uint8Array(20_000) });
    }
  })();
  for (let copy = 0; copy < 5; copy++) {
    const before = committed - 1;
    await store.backup(join(folder, `copy-${copy}`));
    const held = await openSqlite({ path: join(folder, `copy-${copy}`), readonly: true });
    const { devices, lastSeq } = await held.load(SITE);
    assert.deepEqual(await held.check(), []);
    assert.equal(devices.length, lastSeq);
    assert.ok(lastSeq >= before && lastSeq <= committed, `${before} <= ${lastSeq} <= ${committed}`);
    await held.close();
  }
  writing = false;
  await writer;
  await store.close();
  await restoreSqlite(join(folder, 'copy-4'), path, START);
  const back = await sceneIn(await openSqlite({ path }));
  const { lastSeq } = await back.store.load(SITE);
  assert.equal((await back.commit(START + 999 * MINUTE, arrival(lastSeq + 1, START)))[0]?.seq, lastSeq + 1);
  await back.store.close();
});
