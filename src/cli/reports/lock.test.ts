import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { birthOf } from '../daemon/pid-file.ts';
import { lockFolder } from './lock.ts';

const root = mkdtempSync(join(tmpdir(), 'rollcall-lock-'));
after(() => rmSync(root, { recursive: true }));
const fresh = (): string => mkdtempSync(join(root, 'x'));

test('a folder is held by one, until it is let go', async () => {
  const folder = fresh();
  const release = await lockFolder(folder);
  assert.equal(readFileSync(join(folder, '.lock'), 'utf8'), `${process.pid}\n${await birthOf(process.pid)}\n`);
  await assert.rejects(lockFolder(folder), { code: 'conflict', message: new RegExp(`process ${process.pid} makes a report there`) });
  await release();
  assert.deepEqual(readdirSync(folder), []);
  await (await lockFolder(folder))();
});

test('R16: the lock of a dead process, of one whose number another got, and nonsense are taken over', async () => {
  for (const note of ['999999999\nx\n', `${process.pid}\nborn/1\n`, '', 'x', '-1\n\n', `1\n${'x'.repeat(1000)}`, '\0\0\0']) {
    const folder = fresh();
    writeFileSync(join(folder, '.lock'), note);
    const release = await lockFolder(folder);
    assert.match(readFileSync(join(folder, '.lock'), 'utf8'), new RegExp(`^${process.pid}\n`));
    await release();
    assert.deepEqual(readdirSync(folder), []);
  }
});

test('of many who take over the lock of a dead one at once, one gets it', async () => {
  for (let turn = 0; turn < 20; turn++) {
    const folder = fresh();
    writeFileSync(join(folder, '.lock'), '999999999\nx\n');
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.ok(existsSync(join(folder, '.lock')));
    for (const one of tries) if (one.status === 'fulfilled') await one.value();
    assert.deepEqual(readdirSync(folder), []);
  }
});

test('R16: what runs left that were killed while they laid their lock is swept, what others lay just now is not', async () => {
  const folder = fresh();
  const mine = `${process.pid}\n${await birthOf(process.pid)}\n`;
  const drafts = { '.lock.0123456789ab': '999999999\nx\n', '.lock.1123456789ab': '', '.lock.2123456789ab': mine, '.lock.mine': 'x' };
  for (const [name, note] of Object.entries(drafts)) writeFileSync(join(folder, name), note);
  const release = await lockFolder(folder);
  assert.deepEqual(readdirSync(folder).sort(), ['.lock', '.lock.2123456789ab', '.lock.mine']);
  await release();
});

test('whose draft is swept before it was written lays another one, or says that others are at it', async () => {
  const folder = fresh();
  const sweeper = new Worker(
    `const { readdirSync, rmSync } = require('node:fs');
    for (;;) for (const name of readdirSync(${JSON.stringify(folder)}))
      if (name.startsWith('.lock.')) rmSync(${JSON.stringify(folder)} + '/' + name, { force: true });`,
    { eval: true },
  );
  await once(sweeper, 'online');
  for (let turn = 0; turn < 100; turn++)
    await lockFolder(folder).then(
      (release) => release(),
      (thrown: unknown) => assert.match(String(thrown), /others make reports there/),
    );
  await sweeper.terminate();
});

test('who has lost the lock does not take away that of somebody else', async () => {
  const folder = fresh();
  const release = await lockFolder(folder);
  writeFileSync(join(folder, '.lock'), '1\nother\n');
  await release();
  assert.equal(readFileSync(join(folder, '.lock'), 'utf8'), '1\nother\n');
});
