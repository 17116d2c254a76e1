import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type SmallDisk, smallDisk } from '../make/small-disk.ts';
import { needs } from '../needs.ts';
import { type Ended, newProgram, type Program, until } from './program.ts';

describe('R22: the disk of the reports', needs('root', 'nmap'), () => {
  let disk: SmallDisk;
  let program: Program;
  let folder: string;
  before(async () => {
    disk = smallDisk();
    program = await newProgram({ config: '[self]\nwatch = false\n' });
    folder = join(disk.folder, 'reports');
  });
  after(async () => {
    await program?.end();
    disk?.remove();
  });

  const report = (...more: string[]): Promise<Ended> =>
    program.run('report', '127.0.0.1', '-o', folder, '--plan', 'ports', '--ports', '1-20', ...more);
  const files = (): string[] => readdirSync(folder, { recursive: true }).map(String).sort();

  test('is full: it says so, leaves nothing half-written, and the next report compares with the one before', async () => {
    assert.equal((await report()).code, 0);
    const kept = files();
    disk.fill();
    const full = await report();
    assert.equal(full.code, 2, full.stdout);
    assert.match(full.stderr, /reports\S*: the disk is full\n {2}remedy: make room/);
    assert.deepEqual(files(), kept);
    disk.free();
    const next = await report();
    assert.equal(next.code, 0, next.stderr);
    assert.match(next.stdout, new RegExp(`^A {2}${kept.find((name) => name.startsWith('nmap-'))}`, 'm'));
  });

  test('is read-only: it says so', async () => {
    disk.readOnly(true);
    const { code, stderr } = await report();
    disk.readOnly(false);
    assert.equal(code, 2);
    assert.match(stderr, /read-only[^]*remedy: /);
    assert.doesNotMatch(stderr, /should not happen/);
  });

  test('R16: a run that was killed leaves a folder that the next one puts in order', async () => {
    const before = files();
    writeFileSync(join(folder, '.nmap-2026-11-27T000000Z.xml.0011.part'), 'half');
    const scans = async (): Promise<number> => (await program.json('scans')).length;
    const seen = await scans();
    const running = program.run('report', '127.0.0.1', '-o', folder, '--plan', 'ports', '--ports', '1-20000');
    await until('it to hold the folder', () => files().some((name) => name === '.lock'));
    const pid = Number(readFileSync(join(folder, '.lock'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    assert.equal((await running).signal, 'SIGKILL');
    assert.ok(files().includes('.lock'), 'the dead keep their lock');
    const next = await report();
    assert.equal(next.code, 0, next.stderr);
    assert.ok((await scans()) > seen);
    assert.deepEqual(
      files().filter((name) => name.startsWith('.')),
      [],
    );
    assert.ok(before.every((name) => files().includes(name)));
  });

  test('a folder that everybody may write in, or that is a file, is refused before anything is scanned', async () => {
    const open = join(disk.folder, 'open');
    mkdirSync(open, { mode: 0o777 });
    chmodSync(open, 0o777);
    writeFileSync(join(disk.folder, 'file'), '');
    const scans = (await program.json('scans')).length;
    for (const [place, told] of [
      [open, /everybody may write in it/],
      [join(disk.folder, 'file'), /no folder/],
      [join(disk.folder, 'file', 'x'), /not a folder|no folder/],
    ] as const) {
      const { code, stderr } = await program.run('report', '127.0.0.1', '-o', place);
      assert.equal(code, 2);
      assert.match(stderr, told);
    }
    assert.equal((await program.json('scans')).length, scans);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });
});
