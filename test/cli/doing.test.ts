import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { RosterImportJson } from '../../src/contract/index.ts';
import { Fault } from '../../src/core/index.ts';
import { emptyFolder, rollcall } from './fake-world.ts';

const done = (fields: Partial<RosterImportJson> = {}): RosterImportJson => ({
  dryRun: false,
  rows: 3,
  devices: 1,
  same: 2,
  refused: 0,
  shown: [{ line: 2, device: { id: 7, name: 'nas' }, changes: [{ label: 'owner', before: null, after: 'Anna' }], fault: null }],
  ...fields,
});

suite('rollcall export and import devices', () => {
  test('a table is written to a file, with what was asked for', async () => {
    const data = emptyFolder();
    const answers = { 'devices.export': () => new File(['id,name\r\n'], 'devices.csv') };
    const plain = await rollcall(['export', 'devices'], { data, answers });
    assert.deepEqual([plain.code, plain.out, plain.calls[0]?.input], [0, 'id,name\r\n', { as: 'csv' }]);
    const words = ['export', 'devices', '--as', 'json', '--filter', 'group:iot', '--columns', 'id,name', '--excel', '-o', 'x.csv'];
    const { code, calls } = await rollcall(words, { data, answers });
    assert.equal(code, 0);
    assert.deepEqual(calls[0]?.input, { as: 'json', filter: 'group:iot', columns: 'id,name', bom: true, separator: 'semicolon' });
    assert.equal(readFileSync(join(data, 'x.csv'), 'utf8'), 'id,name\r\n');
  });

  test('forms and options that do not go together are refused, and nothing is asked', async () => {
    for (const words of [
      ['devices', '--as', 'xml'],
      ['devices', '--as', 'grepable'],
      ['31', '--excel'],
      ['31', '--filter', 'x'],
      ['devices', '--filter', ' '],
    ]) {
      const { code, calls } = await rollcall(['export', ...words, '-o', 'y'], { data: emptyFolder() });
      assert.deepEqual([code, calls], [2, []], words.join(' '));
    }
  });

  test('a table is sent, and what came of it is said line by line; with rows that cannot be the code is 1', async () => {
    const data = emptyFolder();
    writeFileSync(join(data, 'list.csv'), 'id,owner\n7,Anna\n');
    const texts: string[] = [];
    const answers = {
      'devices.import': async ({ file, ...rest }: { file: File; dryRun: boolean; blanks: string }) => {
        texts.push(`${file.name} ${JSON.stringify(rest)} ${await file.text()}`);
        return done({
          dryRun: rest.dryRun,
          ...(rest.dryRun && {
            refused: 1,
            shown: [{ line: 3, device: null, changes: [], fault: { column: 'type', reason: 'no such word', remedy: 'x' } }],
          }),
        });
      },
    };
    const real = await rollcall(['import', 'devices', 'list.csv', '--clear'], { data, answers });
    assert.deepEqual([real.code, real.out], [0, 'line 2, #7 (nas): owner none -> Anna\n']);
    assert.match(real.err, /changed 1 device; 2 as they were; 0 cannot be taken in/);
    const dry = await rollcall(['import', 'devices', 'list.csv', '--dry-run'], { data, answers });
    assert.deepEqual([dry.code, dry.out], [1, 'line 3, type: no such word\n']);
    assert.deepEqual(texts, [
      'list.csv {"dryRun":false,"blanks":"clear"} id,owner\n7,Anna\n',
      'list.csv {"dryRun":true,"blanks":"keep"} id,owner\n7,Anna\n',
    ]);
  });

  test('a file that is not there is told in words; --clear is for tables', async () => {
    const data = emptyFolder();
    const { code, err } = await rollcall(['import', 'devices', 'nowhere.csv'], { data });
    assert.equal(code, 2);
    assert.doesNotMatch(err, /should not happen/);
    assert.match(err, /reading "nowhere.csv": /);
    assert.equal((await rollcall(['import', 'old.dat', '--clear'], { data })).code, 2);
    assert.ok(!existsSync(join(data, 'nowhere.csv')));
  });
});

suite('rollcall wake', () => {
  const sent = [{ mac: 'f0:18:98:00:00:01', iface: 'eth0', from: '10.0.0.2', to: '10.0.0.255' }];

  test('says what was sent', async () => {
    const answers = { 'devices.wake': () => ({ device: { id: 7, name: 'nas' }, at: '2026-11-21T12:00:00.000Z', sent }) };
    const { code, out, calls } = await rollcall(['wake', 'nas'], { answers });
    assert.equal(code, 0);
    assert.match(out, /nas.*woken at f0:18:98:00:00:01 by eth0, to 10.0.0.255/);
    assert.deepEqual(calls[0]?.input, { device: 'nas' });
    assert.deepEqual(JSON.parse((await rollcall(['wake', 'nas', '--json'], { answers })).out).sent, sent);
  });

  test('tells why not', async () => {
    const answers = {
      'devices.wake': () => {
        throw new Fault('refused', 'waking tv: no hardware address of it is known', 'look at its network first');
      },
    };
    const { code, err } = await rollcall(['wake', 'tv'], { answers });
    assert.equal(code, 2);
    assert.match(err, /no hardware address of it is known\n {2}remedy: look at its network first/);
  });
});

suite('rollcall undo', () => {
  const deed = {
    ref: 'a-1',
    operation: 'devices.edit',
    what: 'nas: owner none -> \u001b[31mAnna',
    devices: [7],
    at: '2026-11-21T12:00:00.000Z',
    until: '2026-11-21T12:15:00.000Z',
  };

  test('lists what can be taken back, and no text of it moves the cursor; takes one back', async () => {
    const answers = {
      'undo.list': () => [deed],
      'undo.do': ({ of }: { of: string }) => ({ ref: of, what: 'nas', note: 'it is number 9 now' }),
    };
    const listed = await rollcall(['undo'], { answers, daemon: true });
    assert.equal(listed.code, 0, listed.err);
    assert.match(listed.out, /^a-1 {2}2026-11-21T12:00:00.000Z {2}nas: owner none -> /);
    assert.ok(!listed.out.includes('\u001b'));
    const taken = await rollcall(['undo', 'a-1'], { answers, daemon: true });
    assert.deepEqual([taken.code, taken.out], [0, 'took back: nas (it is number 9 now)\n']);
    assert.match((await rollcall(['undo'], { answers: { 'undo.list': () => [] }, daemon: true })).err, /nothing can be taken back/);
  });

  test('without a daemon there is nobody who remembers', async () => {
    const { code, err } = await rollcall(['undo'], { answers: {} });
    assert.equal(code, 2);
    assert.match(err, /no daemon runs that would remember it/);
  });
});
