import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { arrival, MINUTE, openPort, SITE, START, sceneIn } from '../contracts/store/scene.ts';
import { folderFor } from './folder.ts';

const PAGE = 4096;

async function smallStore(t: TestContext): Promise<string> {
  const path = join(folderFor(t), 'rollcall.db');
  const { store, commit } = await sceneIn(await openSqlite({ path }));
  for (let device = 1; device <= 40; device++)
    await commit(START + device * MINUTE, { ...arrival(device, START), raw: new Uint8Array(2000) });
  await store.close();
  return path;
}

/** What becomes of a damaged file: refused with a remedy at the door, found by the check, or unharmed. */
async function fate(path: string): Promise<'refused' | 'found' | 'unharmed'> {
  const store = await openSqlite({ path }).catch(refused);
  if (!store) return 'refused';
  try {
    const findings = await store.check();
    await store.load(SITE);
    return findings.length > 0 ? 'found' : 'unharmed';
  } catch (thrown) {
    assert.ok(thrown instanceof Error);
    return 'found';
  } finally {
    await store.close();
  }
}

function refused(thrown: unknown): undefined {
  assert.ok(thrown instanceof Fault, String(thrown));
  assert.match(thrown.message, /damaged or no database|another program/);
  assert.ok(thrown.remedy);
}

test('R24: a store whose pages were overwritten is refused when opened, or found by the check', async (t) => {
  const path = await smallStore(t);
  const pages = readFileSync(path).length / PAGE;
  const fates: Record<string, number> = {};
  for (let page = 0; page < pages; page++) {
    const copy = `${path}.${page}`;
    const bytes = readFileSync(path);
    bytes.fill(0xa5, page * PAGE + (page === 0 ? 100 : 0), (page + 1) * PAGE);
    writeFileSync(copy, bytes);
    const outcome = await fate(copy);
    fates[outcome] = (fates[outcome] ?? 0) + 1;
    rmSync(copy);
  }
  assert.ok(pages > 20);
  // What lies in overflow pages of raw output has no structure to break.
  assert.ok((fates['refused'] ?? 0) > pages / 2, JSON.stringify(fates));
});

test('R24: a store that lost pages at its end is refused when opened', async (t) => {
  const path = await smallStore(t);
  const size = readFileSync(path).length;
  for (const left of [50, 512, PAGE, PAGE + 1, PAGE * 5, size / 2, size - PAGE]) {
    const copy = `${path}.cut`;
    copyFileSync(path, copy);
    truncateSync(copy, Math.floor(left));
    assert.equal(await fate(copy), 'refused', `${left} of ${size} bytes`);
  }
});

test('R24: a store whose bytes were flipped never answers with anything but the truth, a Fault, or a finding', async (t) => {
  const path = await smallStore(t);
  const size = readFileSync(path).length;
  const random = generator(20260101);
  for (let round = 0; round < 25; round++) {
    const bytes = readFileSync(path);
    for (let flip = 0; flip < 40; flip++) {
      const at = Math.floor(random() * size);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    }
    writeFileSync(`${path}.flipped`, bytes);
    assert.ok(await fate(`${path}.flipped`));
  }
});

test('R26: whatever of the log a power cut leaves behind, whole commits are there and nothing else', async (t) => {
  const folder = folderFor(t);
  const path = join(folder, 'rollcall.db');
  const { store, commit } = await sceneIn(await openSqlite({ path }));
  for (let device = 1; device <= 6; device++) {
    const { spans = [], ...rest } = arrival(device, START);
    const ports = Array.from({ length: 120 }, (_, index) => openPort(index + 1));
    await commit(START + device * MINUTE, { ...rest, spans: [...spans, { device, close: [], open: ports }] });
  }
  const log = readFileSync(`${path}-wal`);
  const frame = PAGE + 24;
  let most = 0;
  for (let end = 32; end <= log.length; end += frame) {
    for (const cut of [end, end + 1000]) {
      const copy = join(folder, 'after.db');
      copyFileSync(path, copy);
      writeFileSync(`${copy}-wal`, log.subarray(0, cut));
      rmSync(`${copy}-shm`, { force: true });
      const left = await openSqlite({ path: copy });
      const { devices, lastSeq } = await left.load(SITE);
      assert.deepEqual(await left.check(), []);
      assert.equal(devices.length, lastSeq);
      assert.ok(devices.every(({ ports }) => ports.length === 120));
      assert.ok(lastSeq >= most, 'more of the log never means fewer commits');
      most = lastSeq;
      await left.close();
    }
  }
  assert.equal(most, 6);
  await store.close();
});

/** A small repeatable random number generator (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
