import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ImportJson } from '../../src/contract/index.ts';
import { emptyFolder, type Ran, rollcall } from './fake-world.ts';

const ARP = '00:11:32:aa:bb:01\t10.0.0.1\t1704096000\n';
const XML = '<?xml version="1.0"?>\n<nmaprun scanner="nmap" args="nmap 10.0.0.0/24" start="1"></nmaprun>\n';

const file = (fields: Partial<ImportJson['files'][number]> = {}): ImportJson['files'][number] => ({
  name: 'arp.dat',
  format: 'arpwatch',
  guessed: true,
  digest: 'd',
  before: false,
  rows: 2,
  refused: 0,
  firstAt: '2024-01-01T08:00:00.000Z',
  lastAt: '2024-01-02T08:00:00.000Z',
  notes: [],
  ...fields,
});

const answer = (fields: Partial<ImportJson> = {}): ImportJson => ({
  dryRun: false,
  at: '2026-11-21T12:00:00.000Z',
  devices: { new: 1, known: 2 },
  sessions: 3,
  spans: 7,
  labels: 0,
  firstAt: '2024-01-01T08:00:00.000Z',
  lastAt: '2024-01-02T08:00:00.000Z',
  files: [file()],
  refused: { count: 0, first: [] },
  seq: 12,
  ...fields,
});

/** Runs the command on a folder, and gives what was sent. */
async function sent(
  data: string,
  argv: readonly string[],
  fields: Partial<ImportJson> = {},
): Promise<Ran & { names: string[]; texts: string[] }> {
  const [names, texts]: [string[], string[]] = [[], []];
  const importHistory = async ({ files }: { files: File[] }): Promise<ImportJson> => {
    for (const given of files) {
      names.push(given.name);
      texts.push(await given.text());
    }
    return answer(fields);
  };
  const ran = await rollcall(['import', ...argv], { data, answers: { importHistory } as never });
  return { ...ran, names, texts };
}

test('a file is sent under its name, with what was said of it and the zone of this machine', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'arp.dat'), ARP);
  const { code, out, calls, names, texts } = await sent(data, [
    'arp.dat',
    '--from',
    'arpwatch',
    '--covers',
    '10.0.0.0/24',
    '10.0.1.0/24',
    '--dry-run',
  ]);
  assert.deepEqual([code, names, texts], [0, ['arp.dat'], [ARP]]);
  const { files: _, ...rest } = calls[0]!.input;
  assert.deepEqual(rest, { zone: 'UTC', covers: ['10.0.0.0/24', '10.0.1.0/24'], dryRun: true, from: 'arpwatch' });
  assert.match(out, /arp\.dat +arpwatch \(by content\) +2 +0 +2024-01-01 08:00:00/);
  assert.match(out, /added 1 new device, 3 sessions and 7 spans; 2 devices known already/);
  assert.match(out, /told as change 12/);
});

test('of a folder what is of a known format is taken, however it is called and however deep it lies', async () => {
  const data = emptyFolder();
  mkdirSync(join(data, 'scans', '2024'), { recursive: true });
  writeFileSync(join(data, 'scans', 'b'), XML);
  writeFileSync(join(data, 'scans', '2024', 'odd name'), ARP);
  writeFileSync(join(data, 'scans', 'report.xml'), '<html></html>');
  writeFileSync(join(data, 'scans', 'empty.xml'), '');
  symlinkSync('/etc/passwd', join(data, 'scans', 'link.xml'));
  symlinkSync('..', join(data, 'scans', 'up'));
  execFileSync('mkfifo', [join(data, 'scans', 'pipe.xml')]);
  const { code, err, names } = await sent(data, ['scans']);
  assert.deepEqual([code, names], [0, ['scans/2024/odd name', 'scans/b']]);
  assert.match(err, /left out 5 files of the folder/);
});

test('names that are no text, or orders to a terminal, are sent as text', async () => {
  const data = emptyFolder();
  mkdirSync(join(data, 'scans'));
  for (const name of [Buffer.from([0xff, 0xfe]), Buffer.from('\u001b[31mred\nline'), Buffer.from("'; rm -rf $HOME #")])
    writeFileSync(Buffer.concat([Buffer.from(`${data}/scans/`), name]), ARP);
  const { code, names } = await sent(data, ['scans']);
  assert.equal(code, 0);
  assert.deepEqual(names, ['scans/[31mredline', "scans/'; rm -rf $HOME #", 'scans/\ufffd\ufffd']);
});

test('nothing of use, nothing there, too much: 2, and nobody is asked', async () => {
  const data = emptyFolder();
  mkdirSync(join(data, 'empty'));
  writeFileSync(join(data, 'huge.sql'), '-- MySQL dump\n');
  truncateSync(join(data, 'huge.sql'), 300 * 1024 * 1024);
  const fault = async (...argv: string[]): Promise<string> => {
    const { code, err, calls } = await sent(data, argv);
    assert.deepEqual([code, calls.length], [2, 0], err);
    return err;
  };
  assert.match(await fault('empty'), /importing empty: there is no file of a known format/);
  assert.match(await fault('missing'), /missing/);
  assert.match(await fault('huge.sql'), /importing up to huge\.sql: it is more than 256 MB together/);
  assert.match(await fault('/dev/zero'), /importing \/dev\/zero: it is neither a file nor a folder/);
  assert.match(await fault('huge.sql', '--from', 'zenmap'), /zenmap/);
  assert.match(await fault(), /paths/);
});

test('what was refused is told with its reason, and makes it 1', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'arp.dat'), ARP);
  const first = [
    { file: 'arp.dat', line: 4, reason: '"\u001b[31m" is no hardware address' },
    { file: 'b.xml', line: null, reason: 'it is empty' },
  ];
  const files = [
    file({ refused: 1, notes: ['its timestamps are in +00:00, as it says'] }),
    file({ name: 'b.xml', format: null, rows: 0, firstAt: null, lastAt: null }),
  ];
  const ran = await sent(data, ['arp.dat'], { refused: { count: 12, first }, files });
  assert.equal(ran.code, 1);
  assert.match(
    ran.out,
    /12 rows or files could not be used; the first 2:\n {2}arp\.dat, line 4: .* is no hardware address\n {2}b\.xml: it is empty/,
  );
  assert.match(ran.out, /b\.xml +unusable +0 +0 +- +-/);
  assert.match(ran.out, /arp\.dat: its timestamps are in \+00:00, as it says/);
  assert.ok(!ran.out.includes('\u001b'));
});

test('nothing new is said as that, and JSON is the answer itself', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'arp.dat'), ARP);
  const again = await sent(data, ['arp.dat'], {
    spans: 0,
    sessions: 0,
    devices: { new: 0, known: 3 },
    seq: null,
    files: [file({ before: true })],
  });
  assert.match(again.out, /nothing new: 3 devices and all of that history are known already/);
  assert.match(again.out, /arpwatch \(by content\), again/);
  const json = await sent(data, ['arp.dat', '--json', '--dry-run'], { dryRun: true });
  assert.deepEqual(json.json(), answer({ dryRun: true }));
});
