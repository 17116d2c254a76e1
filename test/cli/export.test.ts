import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXPORT_FORMATS, Fault } from '../../src/core/index.ts';
import { emptyFolder, rollcall } from './fake-world.ts';

const answers = { 'scans.export': ({ as }: { as: string }) => new File([`as ${as}: ä\n`], 'scan') };

test('a scan is printed in the form that was asked for, xml without asking', async () => {
  for (const as of EXPORT_FORMATS) {
    const { code, out, err, calls } = await rollcall(['export', '31', '--as', as], { answers });
    assert.deepEqual([code, out, err], [0, `as ${as}: ä\n`, '']);
    assert.deepEqual(calls, [{ operation: 'scans.export', input: { id: 31, as } }]);
  }
  assert.equal((await rollcall(['export', 'scan:31'], { answers })).out, 'as xml: ä\n');
});

test('text that is cut in the middle of a letter comes out whole', async () => {
  const bytes = Buffer.from('grün\n');
  const split = { 'scans.export': () => new File([bytes.subarray(0, 3), bytes.subarray(3)], 'scan') };
  assert.equal((await rollcall(['export', '31'], { answers: split })).out, 'grün\n');
});

test('-o writes a file for its owner alone, in place of what is there, and never through a link', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'victim'), 'mine');
  symlinkSync(join(data, 'victim'), join(data, 'out.xml'));
  const { code, out, err } = await rollcall(['export', '31', '-o', 'out.xml'], { data, answers });
  assert.deepEqual([code, out, err], [0, '', `written to ${join(data, 'out.xml')}\n`]);
  assert.deepEqual([readFileSync(join(data, 'out.xml'), 'utf8'), readFileSync(join(data, 'victim'), 'utf8')], ['as xml: ä\n', 'mine']);
  assert.equal(statSync(join(data, 'out.xml')).mode & 0o777, 0o600);
  mkdirSync(join(data, 'folder'));
  const folder = await rollcall(['export', '31', '-o', 'folder'], { data, answers });
  assert.equal(folder.code, 2);
  assert.doesNotMatch(folder.err, /should not happen/);
  assert.deepEqual(readdirSync(data).sort(), ['folder', 'out.xml', 'victim'], 'nothing half-written is left');
});

test('what is no number, no form, or no scan is refused, and leaves no file', async () => {
  const data = emptyFolder();
  for (const words of [['0'], ['-1'], ['1e3'], ['31x'], ['../31'], ['31', '--as', 'pdf'], []]) {
    const { code, calls } = await rollcall(['export', ...words, '-o', 'out'], { data });
    assert.deepEqual([code, calls], [2, []], words.join(' '));
  }
  const missing = {
    'scans.export': () => {
      throw new Fault('not-found', 'exporting scan 99 as xml: its output is not kept', 'choose json');
    },
  };
  const { code, err } = await rollcall(['export', '99', '-o', 'out'], { data, answers: missing });
  assert.equal(code, 2);
  assert.match(err, /its output is not kept\n {2}remedy: choose json/);
  assert.ok(!existsSync(join(data, 'out')));
});
