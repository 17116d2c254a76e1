import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { mac } from '../make/device.ts';
import { monitorDump } from '../make/history.ts';
import { needs } from '../needs.ts';
import { nightXml } from '../watch/import-stand.ts';
import { newProgram, type Program } from './program.ts';

const PAGE = fileURLToPath(new URL('../../docs/import.md', import.meta.url));

/** What a user of all those programs has in one folder; each made in the form that the program's source writes. */
function belongings(folder: string): void {
  const nmap = join(folder, 'nmap');
  mkdirSync(join(nmap, 'older'), { recursive: true });
  const nights = [0, 1, 2].map((night) =>
    nightXml(
      [
        { up: true, open: night !== 1 },
        { up: night === 0, open: false },
      ],
      night,
    ),
  );
  for (const [night, xml] of nights.entries()) writeFileSync(join(nmap, `lan-cron-2025-11-${26 + night}.xml`), xml);
  writeFileSync(join(nmap, 'older', 'copy of the first.xml'), nights[0] ?? '');
  for (const twin of ['nmap', 'gnmap'])
    writeFileSync(join(nmap, `lan-cron-2025-11-26.${twin}`), '# Nmap 7.93 scan initiated\nHost: 10.0.0.1 ()\tStatus: Up\n');
  symlinkSync('lan-cron-2025-11-28.xml', join(nmap, 'last-nmap-scan'));
  execFileSync('mkfifo', [join(nmap, 'pipe.xml')]);
  writeFileSync(Buffer.concat([Buffer.from(`${nmap}/odd-`), Buffer.from([0xff, 0x1b]), Buffer.from('.txt')]), 'nothing');
  const hour = (day: number, at: number): number => Date.UTC(2025, 9, day, at);
  writeFileSync(join(folder, 'events.sql'), monitorDump([{ mac: mac(1), ip: '10.0.0.1', from: hour(1, 8), to: hour(1, 12) }]));
  writeFileSync(
    join(folder, 'events.csv'),
    `mac,vendor,ip,connected_at,last_seen_at\n${mac(1)},x,10.0.0.1,2025-10-02 08:00:00,2025-10-02 12:00:00\n`,
  );
  writeFileSync(join(folder, 'arp.dat'), `${mac(3)}\t10.0.0.3\t1704096000\tprinter\teth0\n`);
  writeFileSync(
    join(folder, 'devices.csv'),
    `"devMac","devName","devOwner","devFirstConnection","devLastConnection","devLastIP"\n"${mac(1)}","Anna's phone","Anna","2025-01-01 08:00:00","2025-10-01 10:00:00","10.0.0.1"\n`,
  );
  writeFileSync(
    join(folder, 'sessions.csv'),
    `ses_MAC,ses_IP,ses_DateTimeConnection,ses_DateTimeDisconnection\n${mac(1)},10.0.0.1,2025-02-01 08:00:00,2025-02-01 09:00:00\n`,
  );
  const database = new DatabaseSync(join(folder, 'scan.db'));
  database.exec(
    'CREATE TABLE history (ID integer PRIMARY KEY, NAME text, DNS text, IFACE text, IP text, MAC text, HW text, DATE text, KNOWN integer, NOW integer)',
  );
  database.exec(`INSERT INTO history (NAME, IP, MAC, DATE, NOW) VALUES ('tv', '10.0.0.4', '${mac(4)}', '2025-03-01 08:00:00', 1)`);
  database.close();
}

describe('rollcall import', () => {
  let program: Program;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-import-'));
    belongings(folder);
    program = await newProgram({ prefix: ['env', '-C', folder] });
  });
  after(async () => {
    await program.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a dry run says what an import then does, and links, pipes and twins are not taken in', async () => {
    const dry = await program.run('import', '--dry-run', 'nmap', '--json');
    assert.equal(dry.code, 0, dry.stderr);
    const would = JSON.parse(dry.stdout);
    assert.deepEqual([would.dryRun, would.devices, would.files.length, would.seq], [true, { new: 2, known: 0 }, 4, null]);
    assert.deepEqual(await program.json('devices'), []);
    const did = await program.json('import', 'nmap');
    assert.deepEqual([did.devices, did.sessions, did.spans], [would.devices, would.sessions, would.spans]);
    const scans = await program.json('scans');
    assert.equal(
      scans.filter(({ subject }: { subject: string }) => subject.startsWith('nmap ')).length,
      3,
      'each look once, at its own time',
    );
    const told = await program.run('import', 'nmap');
    assert.match(told.stdout, /nothing new: 2 devices/);
    assert.match(told.stderr, /left out 5 files of the folder: .*nmap\/last-nmap-scan/);
    assert.ok(!told.stderr.includes('\u001b'));
  });

  test('moments of the past compare, and nobody came or left', async () => {
    const changes = await program.json('changes', '--since', '2020-01-01');
    assert.deepEqual(
      changes.map(({ kind }: { kind: string }) => kind),
      ['history.imported'],
    );
    const diff = await program.run('diff', '@2025-11-26T12:00', '@2025-11-27T12:00');
    assert.match(diff.stdout, /80\/tcp/);
    const devices = await program.json('devices', '--at', '2025-11-26T12:00');
    assert.deepEqual(
      devices.map(({ presence }: { presence: string }) => presence),
      ['present', 'present'],
    );
    assert.deepEqual(
      (await program.json('devices')).map(({ presence }: { presence: string }) => presence),
      ['away', 'away'],
    );
  });

  test('rows that are refused make it 1, nothing of use makes it 2', async () => {
    writeFileSync(join(folder, 'half.dat'), `${mac(5)}\t10.0.0.5\t1704096000\nnonsense \u001b[31m\n`);
    const half = await program.run('import', 'half.dat');
    assert.equal(half.code, 1);
    assert.match(half.stdout, /half\.dat, line 2: "nonsense" is no hardware address/);
    writeFileSync(join(folder, 'notes.txt'), 'hello\n');
    const none = await program.run('import', 'notes.txt');
    assert.deepEqual([none.code, none.stdout], [2, '']);
    assert.match(none.stderr, /importing history: nothing of use in that file \(notes\.txt: it is of no format that is known\)/);
    assert.equal((await program.run('import', 'missing.sql')).code, 2);
    assert.equal((await program.run('import', 'events.sql', '--from', 'zenmap')).code, 2);
    assert.equal((await program.run('import', 'nmap/pipe.xml')).code, 2);
  });

  test('every line of docs/import.md works, over a daemon as without one', async () => {
    const lines = [...readFileSync(PAGE, 'utf8').matchAll(/^```sh\n(.*?)^```/gms)]
      .flatMap(([, block]) => (block ?? '').split('\n'))
      .filter((line) => line.startsWith('rollcall '));
    assert.ok(lines.length >= 8);
    const walk = async (of: Program): Promise<unknown> => {
      for (const line of lines) {
        const { code, stderr } = await of.run(...line.split(' ').slice(1));
        assert.equal(code, 0, `${line}: ${stderr}`);
      }
      const devices = await of.json('devices');
      return devices.map(({ name, macs, firstSeen, lastSeen, owner }: Record<string, unknown>) => [name, macs, firstSeen, lastSeen, owner]);
    };
    const plain = await newProgram({ prefix: ['env', '-C', folder] });
    const served = await newProgram({ prefix: ['env', '-C', folder], config: '[self]\nwatch = false\n' });
    await served.daemon();
    const alone = await walk(plain);
    assert.deepEqual(await walk(served), alone);
    assert.equal((alone as unknown[]).length, 4);
    await Promise.all([plain.end(), served.end()]);
  });

  test('what nmap -oA writes is one look, whichever of its three files come first', needs('nmap'), async () => {
    const real = join(folder, 'real');
    mkdirSync(real);
    execFileSync('nmap', ['-sT', '-n', '-p', '1', '-oA', join(real, 'lan-cron'), '127.0.0.1'], { stdio: 'ignore' });
    const fresh = await newProgram({ prefix: ['env', '-C', folder] });
    const result = await fresh.json('import', 'real');
    assert.deepEqual([result.files.length, result.files[0].format, result.devices.new], [1, 'nmap', 1]);
    const [look] = (await fresh.json('scans')).filter(({ subject }: { subject: string }) => subject === 'nmap -sT -n -p 1 127.0.0.1');
    assert.deepEqual([look?.plan, look?.outcome, look?.up], ['import', 'complete', 1]);
    await fresh.end();
  });

  test('an export that grew adds what is new', async () => {
    const csv = join(folder, 'grows.csv');
    writeFileSync(csv, `mac,connected_at,last_seen_at\n${mac(9)},2025-10-02 08:00:00,2025-10-02 12:00:00\n`);
    assert.equal((await program.json('import', 'grows.csv')).sessions, 1);
    appendFileSync(csv, `${mac(9)},2025-10-03 08:00:00,2025-10-03 12:00:00\n`);
    assert.equal((await program.json('import', 'grows.csv')).sessions, 1);
    assert.equal((await program.json('import', 'grows.csv')).sessions, 0);
  });
});
