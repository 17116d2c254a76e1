import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readOwn, stage, writeWhole } from './files.ts';
import { openReportFolder } from './folder.ts';
import { momentOf, stampOf } from './stamp.ts';

const root = mkdtempSync(join(tmpdir(), 'rollcall-folder-'));
after(() => rmSync(root, { recursive: true }));

/** A folder that holds these files. */
function holding(...names: readonly string[]): string {
  const folder = mkdtempSync(join(root, 'x'));
  for (const name of names) writeFileSync(join(folder, name), name);
  return folder;
}

const left = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name !== '.lock')
    .sort();

test('a stamp is a moment in UTC, and sorts as it passed', () => {
  const at = Date.UTC(2026, 10, 27, 21, 5, 9, 999);
  assert.equal(stampOf(at), '2026-11-27T210509Z');
  assert.equal(momentOf('2026-11-27T210509Z'), at - 999);
  for (const text of ['', '2026-11-27T21:05:09Z', '2026-13-27T210509Z', '2026-11-27T216109Z', '../2026-11-27T210509Z'])
    assert.ok(Number.isNaN(momentOf(text)), text);
  assert.ok(stampOf(at) < stampOf(at + 1000) && stampOf(at) < stampOf(at + 40 * 86_400_000));
});

test('whole scans are listed by their time; partial ones since the newest of them beside; nothing else is a scan', async () => {
  const folder = holding(
    'nmap-2026-01-02T000000Z.xml',
    'nmap-2026-01-01T000000Z.xml',
    'nmap-2026-01-01T120000Z.partial.xml',
    'nmap-2026-01-03T000000Z.partial.xml',
    'nmap-2026-01-04T000000Z.txt',
    'nmap-x.xml',
    'scan.xml',
    'report-2026-01-05T000000Z.txt',
    'nmap-2026-99-01T000000Z.xml',
  );
  symlinkSync('/etc/passwd', join(folder, 'nmap-2026-01-09T000000Z.xml'));
  mkdirSync(join(folder, 'nmap-2026-01-08T000000Z.xml'));
  const { kept, partial, freeStamp, close } = await openReportFolder(folder, '/');
  assert.deepEqual(
    kept.map(({ name }) => name),
    ['nmap-2026-01-01T000000Z.xml', 'nmap-2026-01-02T000000Z.xml'],
  );
  assert.deepEqual(
    partial.map(({ name }) => name),
    ['nmap-2026-01-03T000000Z.partial.xml'],
  );
  assert.equal(freeStamp(Date.UTC(2026, 0, 5)), '2026-01-05T000001Z', 'that of a report is taken, too');
  assert.equal(freeStamp(Date.UTC(2026, 0, 6)), '2026-01-06T000000Z');
  await close();
});

test('what a dead run left goes, what people keep there stays', async () => {
  const folder = holding(
    '.nmap-2026-01-01T000000Z.xml.00aa.part',
    '.report-2026-01-01T000000Z.txt.00aa.part',
    '.hidden',
    'notes.part',
    '.x.part',
  );
  await (await openReportFolder(folder, '/')).close();
  assert.deepEqual(left(folder), ['.hidden', '.x.part', 'notes.part']);
});

test('so many scans are kept with their reports, and whatever is none of ours', async () => {
  const days = ['01', '02', '03', '04'].map((day) => `2026-01-${day}T000000Z`);
  const ours = days.flatMap((stamp) => [`nmap-${stamp}.xml`, `report-${stamp}.txt`, `details-${stamp}.gnmap`]);
  const folder = holding(...ours, 'nmap-2026-01-01T060000Z.partial.xml', 'report-2026-01-03T060000Z.txt', 'notes-2025-01-01T000000Z.txt');
  const opened = await openReportFolder(folder, '/');
  assert.equal(await opened.keepOnly(2, '2026-01-04T000000Z'), 2);
  assert.deepEqual(left(folder), [...ours.slice(6), 'report-2026-01-03T060000Z.txt', 'notes-2025-01-01T000000Z.txt'].sort());
  assert.equal(await opened.keepOnly(2, '2026-01-04T000000Z'), 0);
  assert.equal(await opened.keepOnly(99, '2026-01-04T000000Z'), 0);
  await opened.close();
});

test('R32: a scan of times to come is no scan to compare with, and takes nobody’s place', async () => {
  const [yesterday, ahead] = ['nmap-2026-01-01T000000Z.xml', 'nmap-2030-01-01T000000Z.xml'];
  const folder = holding(yesterday, ahead);
  const { previousTo, keepOnly, close } = await openReportFolder(folder, '/');
  const names = (at: number): string[] => previousTo(at).map(({ name }) => name);
  assert.deepEqual(names(Date.UTC(2026, 0, 2)), [yesterday, ahead]);
  assert.deepEqual(names(Date.UTC(2031, 0, 2)), [ahead, yesterday]);
  assert.deepEqual(names(0), [ahead, yesterday], 'a clock that stands at zero');
  writeFileSync(join(folder, 'nmap-2026-01-02T000000Z.xml'), '');
  assert.equal(await keepOnly(1, '2026-01-02T000000Z'), 1);
  await close();
  assert.deepEqual(left(folder), ['nmap-2026-01-02T000000Z.xml', ahead]);
});

test('a file appears whole, for its owner alone, and in place of a link, not behind it', async () => {
  const folder = holding('victim');
  symlinkSync(join(folder, 'victim'), join(folder, 'out'));
  const staged = await stage(join(folder, 'out'), ['one ', Buffer.from('two')]);
  assert.equal(readFileSync(join(folder, 'out'), 'utf8'), 'victim', 'not before it is published');
  await staged.publish();
  await staged.drop();
  assert.deepEqual([readFileSync(join(folder, 'out'), 'utf8'), readFileSync(join(folder, 'victim'), 'utf8')], ['one two', 'victim']);
  assert.equal(statSync(join(folder, 'out')).mode & 0o777, 0o600);
  assert.deepEqual(left(folder), ['out', 'victim']);
});

test('what breaks off while it is written leaves nothing', async () => {
  const folder = holding();
  async function* broken() {
    yield 'half';
    throw new Error('the scan went away');
  }
  await assert.rejects(stage(join(folder, 'out'), broken()), /the scan went away/);
  assert.deepEqual(left(folder), []);
  for (const path of ['/dev/full/x', join(folder, 'missing', 'out')])
    await assert.rejects(writeWhole(path, 'text'), { code: 'unavailable', message: `writing ${path}: there is no such folder` });
});

test('no device, pipe or folder loses its name to a file', async () => {
  const folder = holding();
  symlinkSync('/dev/null', join(folder, 'null')); // root would take the name of the device itself
  mkdirSync(join(folder, 'there'));
  for (const [name, what] of [
    ['null', 'it is no plain file'],
    ['there', 'it is a folder'],
  ] as const)
    await assert.rejects(writeWhole(join(folder, name), 'text'), { code: 'bad-input', message: `writing ${join(folder, name)}: ${what}` });
  assert.deepEqual(left(folder), ['null', 'there']);
  assert.ok(statSync(join(folder, 'null')).isCharacterDevice());
});

test('only files of ours are read: no links, no folders, nothing too large', async () => {
  const folder = holding('file');
  symlinkSync('/etc/hostname', join(folder, 'link'));
  assert.equal(String(await readOwn(join(folder, 'file'), 4)), 'file');
  for (const [name, most] of [
    ['link', 100],
    ['none', 100],
    ['file', 3],
    ['.', 100],
  ] as const)
    assert.equal(await readOwn(join(folder, name), most), undefined, name);
});

test('a folder that everybody may write in is refused', async () => {
  const folder = holding();
  chmodSync(folder, 0o777);
  await assert.rejects(openReportFolder(folder, '/'), { code: 'refused', message: /using folder .*everybody may write in it/ });
});
