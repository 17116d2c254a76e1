// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { type Ended, newProgram, type Program } from './program.ts';

/** A tolerance of nothing, so that one sweep decides. */
const AT_ONCE = '[presence]\nwindow = "0s"\n[self]\nwatch = false\n';
const PORTS = '21,23,2121';
/** What nmap tells at the first word, without asking further. */
const FTP = (version: string): string => `220 (vsFTPd ${version})\r\n`;

/** What was said, without the time of this run. */
const said = ({ code, stdout, stderr }: Ended): unknown => [
  code,
  stdout.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'THEN'),
  stderr.replace(/^scanning .*$/gm, ''),
];

describe('S2: a baseline of a LAN, kept and compared as make-baseline and scan-services did', needs('nmap', 'netns', 'python3'), () => {
  let lan: Lan;
  let program: Program;
  let nas: LanHost;
  let printer: LanHost;
  before(async () => {
    lan = await createLan({ hosts: 2 });
    [nas, printer] = lan.hosts as [LanHost, LanHost];
    program = await newProgram({
      config: AT_ONCE,
      prefix: ['ip', 'netns', 'exec', lan.probe.namespace],
      env: { USER: 'ada', SUDO_USER: '' },
    });
    await lan.open(nas, 21, FTP('3.0.2'));
  });
  after(async () => {
    await program?.end();
    await lan?.stop();
  });

  const hosts = (): string[] => [nas.address, printer.address];
  const scan = (...addresses: string[]) => program.json('scan', ...addresses, '--plan', 'services', '--ports', PORTS);
  const ports = () => program.json('scan', nas.address, '--plan', 'ports', '--ports', PORTS);
  const baseline = (...words: string[]): Promise<Ended> => program.run('baseline', ...words);
  const diff = async (...words: string[]): Promise<unknown> => said(await baseline('diff', ...words));
  let clean = '';

  test('S2.4: without one the command that makes it is named; where nothing was scanned none can be made', async () => {
    const none = await baseline('diff');
    assert.equal(none.code, 2);
    assert.match(none.stderr, /there is no baseline yet\n {2}remedy: make one with "rollcall baseline make"/);
    const early = await baseline('make');
    assert.equal(early.code, 2);
    assert.match(early.stderr, /nothing was scanned there yet/);
  });

  test('S2.2: it approves what is there, and is silent while nothing changes', async () => {
    await scan(...hosts());
    const { code, stdout } = await baseline('make', '--note', 'first');
    assert.equal(code, 0);
    assert.match(stdout, /^baseline 1 of everything in \w+: how it is at .*\napproved 2 devices and 1 service, by ada\n$/);
    await scan(...hosts());
    assert.deepEqual(await diff(), [0, '', '']);
    clean = new Date().toISOString();
  });

  test('S2.3: a port that opens is added, until it is approved', async () => {
    await lan.open(nas, 2121, FTP('2.3.4'));
    await scan(nas.address);
    const added = `The machine ${nas.address} has had the following services added:\n  2121/tcp ftp  vsftpd 2.3.4    (nobody approved it)\n`;
    assert.deepEqual(await diff(), [1, added, '']);
    assert.deepEqual(await diff(printer.address), [0, '', ''], 'of another target nothing');
    const { stdout } = await baseline(
      'approve',
      nas.address,
      '--service',
      '2121/tcp',
      '--version',
      '>=2.3 <3',
      '--why',
      'for the move',
      '--until',
      '90d',
    );
    assert.equal(stdout, 'approved 1 service of 1 device\n');
    assert.deepEqual(await diff(), [0, '', '']);
  });

  test('S2.3: a version that changes is one change, and a port that closes is removed', async () => {
    await lan.close(nas, 21);
    await lan.open(nas, 21, FTP('3.0.3'));
    await lan.close(nas, 2121);
    await lan.open(nas, 2121, FTP('2.3.5'));
    await scan(nas.address);
    assert.deepEqual(await diff(), [
      1,
      `The machine ${nas.address} has had the following services changed:\n  21/tcp ftp  vsftpd 3.0.2 -> vsftpd 3.0.3\n`,
      '',
    ]);
    await lan.close(nas, 21);
    await scan(nas.address);
    assert.deepEqual(await diff(), [
      1,
      `The machine ${nas.address} has had the following services removed:\n  21/tcp ftp  vsftpd 3.0.2    (it is closed)\n`,
      '',
    ]);
    await lan.open(nas, 21, FTP('3.0.2'));
    await scan(nas.address);
    assert.deepEqual(await diff(), [0, '', '']);
  });

  test('S2: a host that is gone is missing, which the original never noticed', async () => {
    await lan.depart(printer);
    await program.json('scan', lan.block, '--plan', 'sweep');
    // A sweep of the block also finds who scans; that one is nobody's secret.
    await baseline('approve', lan.probe.address);
    assert.deepEqual(await diff(), [1, `The machine ${printer.address} is missing: it is away, last seen THEN\n`, '']);
    await lan.arrive(printer);
    await program.json('scan', lan.block, '--plan', 'sweep');
    assert.deepEqual(await diff(), [0, '', '']);
  });

  test('what is forbidden everywhere is told whatever was approved in bulk', async () => {
    await lan.open(nas, 23, 'login: ');
    await ports(); // nmap would ask for minutes what a silent telnet is
    assert.equal((await baseline('policy', 'nowhere', '23/tcp', '--why', 'plain text')).code, 0);
    const made = await baseline('make');
    assert.match(made.stderr, /left out 23\/tcp of #?\S+: policy \d+: nowhere 23\/tcp \(plain text\)/);
    const [code, stdout] = (await diff()) as [number, string];
    assert.equal(code, 1);
    assert.match(stdout, /has the following services, which are forbidden:\n {2}23\/tcp {2}telnet/);
    await lan.close(nas, 23);
    await ports();
    assert.deepEqual(await diff(), [0, '', '']);
  });

  test('any moment is judged by what was in force then, and the moment itself can still be compared', async () => {
    assert.deepEqual(await diff('--at', clean), [0, '', '']);
    const compared = await program.run('diff', `@${clean}`, 'now');
    assert.equal(compared.code, 1, compared.stdout);
    assert.match(compared.stdout, /2121\/tcp/);
    const since = await program.run('diff', 'baseline', 'now');
    assert.match(since.stdout, /23\/tcp {2}closed/, 'what is forbidden was there when the last moment was kept');
  });

  test('S2: .base files go out and come in, also those that the original made', async () => {
    const [out, old] = [join(program.data, '..', 'baseline'), join(program.data, '..', 'old')];
    await baseline('export', '--as', 'base', '-o', out);
    const file = (await readdir(out)).find((name) => name.startsWith(nas.mac.replaceAll(':', '-'))) as string;
    assert.match(
      await readFile(join(out, file), 'utf8'),
      /^PORT {3} {2}STATE SERVICE VERSION\n21\/tcp {3}open {2}ftp {5}vsftpd 3\.0\.2\n2121\/tcp open {2}ftp {5}vsftpd\n/,
    );
    const again = await baseline('import', out);
    assert.match(again.stdout, /^took in 0 approvals of 3 files/, again.stderr);
    await mkdir(old);
    await writeFile(join(old, `${lan.addressAt(99)}.base`), 'PORT   STATE SERVICE VERSION\n22/tcp open  ssh     OpenSSH 9.2p1\n');
    assert.match((await baseline('import', old)).stdout, /^took in 2 approvals of 1 file/);
    assert.deepEqual(await diff(), [1, `The machine ${lan.addressAt(99)} is missing: nobody answers there\n`, '']);
    const { code, stdout } = await baseline('revoke', lan.addressAt(99));
    assert.deepEqual([code, stdout.split('\n').length], [0, 3]);
    assert.deepEqual(await diff(), [0, '', '']);
  });

  test('YAML carries all of it to another store, byte for byte', async () => {
    const { stdout: yaml } = await baseline('export');
    assert.match(yaml, /product: vsftpd\n {4}version: ">=2\.3 <3"\n {4}by: ada\n {4}why: for the move\n {4}until: /);
    const file = join(program.data, '..', 'approvals.yaml');
    await writeFile(file, yaml);
    const other = await newProgram({ config: AT_ONCE });
    try {
      const { stdout } = await other.run('baseline', 'import', file);
      assert.match(stdout, /^took in \d+ approvals of 1 file/);
      assert.equal((await other.run('baseline', 'export')).stdout, yaml);
    } finally {
      await other.end();
    }
    assert.match((await baseline('import', file)).stdout, /^took in 0 approvals of 1 file/, 'here it is so already');
    assert.equal((await baseline('export')).stdout, yaml);
  });
});
