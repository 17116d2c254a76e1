import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ImportedJson } from '../../src/contract/index.ts';
import type { ApprovalEntry } from '../../src/core/index.ts';
import { emptyFolder, rollcall } from './fake-world.ts';

const ENTRIES: ApprovalEntry[] = [
  { device: '02:00:5e:00:53:01', name: 'nas' },
  { device: '02:00:5e:00:53:01', name: 'nas', port: '22/tcp', service: 'ssh', serves: 'OpenSSH 9.2p1', by: 'ada' },
  { device: '192.0.2.9' },
  { group: 'iot', only: '80,443', why: 'cameras' },
];
const IMPORTED: ImportedJson = { made: 4, already: 0, replaced: 0, expired: 0, unseen: 0 };

describe('baseline export and import', () => {
  const exported = (...words: string[]) => rollcall(['baseline', 'export', ...words], { answers: { 'approvals.export': () => ENTRIES } });
  const imported = (path: string, ...words: string[]) =>
    rollcall(['baseline', 'import', path, ...words], { answers: { 'approvals.import': () => IMPORTED }, env: { USER: 'ada' } });

  test('YAML goes to the screen or a file, and comes back as it was', async () => {
    const file = join(emptyFolder(), 'baseline.yaml');
    const { err } = await exported('-o', file);
    assert.equal(err, `wrote 4 approvals to ${file}\n`);
    assert.equal(readFileSync(file, 'utf8'), (await exported()).out);
    const { calls, out } = await imported(file);
    assert.deepEqual(calls[0]?.input, { entries: ENTRIES, gently: false, dryRun: false });
    assert.equal(out, 'took in 4 approvals of 1 file\n');
  });

  test('S2: a folder has one .base file for each host, and says what no table can', async () => {
    const folder = join(emptyFolder(), 'baseline');
    mkdirSync(folder);
    writeFileSync(join(folder, '10.9.9.9.base'), '');
    const { err } = await exported('--as', 'base', '-o', folder);
    assert.deepEqual(readdirSync(folder).sort(), ['02-00-5e-00-53-01.base', '10.9.9.9.base', '192.0.2.9.base']);
    assert.equal(
      readFileSync(join(folder, '02-00-5e-00-53-01.base'), 'utf8'),
      'PORT   STATE SERVICE VERSION\n22/tcp open  ssh     OpenSSH 9.2p1\n',
    );
    assert.match(err, /wrote 2 files to .*\n {2}1 say more than a table can .*\n {2}1 other \.base file in it, like 10\.9\.9\.9\.base/);
    const { calls, out } = await imported(folder, '--dry-run');
    assert.equal(out, 'would take in 4 approvals of 3 files\n');
    assert.deepEqual(calls[0]?.input, {
      entries: [
        { device: '02:00:5e:00:53:01', by: 'ada' },
        { device: '02:00:5e:00:53:01', port: '22/tcp', service: 'ssh', serves: 'OpenSSH 9.2p1', by: 'ada' },
        { device: '10.9.9.9', by: 'ada' },
        { device: '192.0.2.9', by: 'ada' },
      ],
      gently: true,
      dryRun: true,
    });
  });

  test('S: links, folders, other bytes and names that lead elsewhere are refused with the path', async () => {
    const folder = emptyFolder();
    const at = (name: string): string => join(folder, name);
    symlinkSync('/etc/passwd', at('10.0.0.1.base'));
    writeFileSync(at('latin.yaml'), Buffer.from([0x61, 0xff]));
    writeFileSync(at('bad.yaml'), 'approvals:\n- device: x\n  devise: y\n');
    for (const [path, message] of [
      [folder, /reading .*10\.0\.0\.1\.base: it is a link\n {2}remedy: name the file itself/],
      [at('10.0.0.1.base'), /it is a link/],
      [at('latin.yaml'), /it is not in UTF-8/],
      [at('bad.yaml'), /bad\.yaml:3: there is no key "devise"\n {2}remedy: the keys are device, name/],
      [at('none.yaml'), /there is no such file/],
      [emptyFolder(), /no file in it ends with \.base/],
    ] as const) {
      const { code, err, calls } = await imported(path);
      assert.deepEqual([code, calls], [2, []]);
      assert.match(err, message);
    }
    const outside: ApprovalEntry[] = [{ device: '../../etc/cron.d/x' }];
    const escaping = await rollcall(['baseline', 'export', '--as', 'base', '-o', at('out')], {
      answers: { 'approvals.export': () => outside },
    });
    assert.match(escaping.err, /wrote 0 files to .*\n {2}left out "\.\.\/\.\.\/etc\/cron\.d\/x": no file can be called so/);
    symlinkSync(at('target'), at('link.yaml'));
    await exported('-o', at('link.yaml'));
    assert.ok(!readdirSync(folder).includes('target'), 'a link is replaced, never followed');
  });

  test('thousands of entries go in portions, those of one device together', async () => {
    const folder = mkdtempSync(join(emptyFolder(), 'many-'));
    const rows = Array.from({ length: 200 }, (_, n) => `${n + 1}/tcp open http ${'x'.repeat(100)}\n`).join('');
    for (let n = 1; n < 100; n++) writeFileSync(join(folder, `10.0.0.${n}.base`), rows);
    const { calls, out } = await imported(folder);
    assert.ok(calls.length > 1);
    assert.ok(calls.every(({ input }) => JSON.stringify(input).length < 1_000_000));
    const sets = calls.map(({ input }) => new Set((input.entries as ApprovalEntry[]).map(({ device }) => device)));
    assert.equal(
      sets.reduce((sum, { size }) => sum + size, 0),
      99,
    );
    assert.match(out, new RegExp(`took in ${calls.length * 4} approvals of 99 files`));
  });
});
