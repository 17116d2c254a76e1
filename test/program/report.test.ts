// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import type { ReceivedMail } from '../make/mail-server.ts';
import { needs } from '../needs.ts';
import { type Ended, newProgram, type Program, until } from './program.ts';

const PORT = 2525;
const WEB = 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\nServer: ';
const SINK = fileURLToPath(new URL('../make/mail-sink.ts', import.meta.url));

/** S3, walked: `nmap-diff.sh -f ips.txt --email ADDR -o DIR`, night after night. */
describe('a list is scanned, compared with the time before, kept and mailed', needs('nmap', 'netns', 'python3', 'ndiff'), () => {
  let lan: Lan;
  let program: Program;
  let folder: string;
  let list: string;
  let sink: { readonly mails: ReceivedMail[]; stop(): Promise<void> } | null = null;

  before(async () => {
    lan = await createLan({ hosts: 3 });
    program = await newProgram({
      config: `[mail]\nurl = "smtp://127.0.0.1:${PORT}"\nfrom = "rollcall@lan.example"\n[self]\nwatch = false\n`,
      prefix: ['ip', 'netns', 'exec', lan.probe.namespace],
    });
    folder = join(program.data, '..', 'reports');
    list = join(program.data, '..', 'ips.txt');
    writeFileSync(list, `# the lab\n${lan.hosts.map(({ address }) => address).join(' ')} # three of them\n\n`);
    await lan.open(lan.hosts[0] as LanHost, 80, `${WEB}nginx/1.22.1\r\n\r\n`);
    sink = await mailSink(lan);
  });
  after(async () => {
    await sink?.stop();
    await program?.end();
    await lan?.stop();
  });

  const report = (...more: string[]): Promise<Ended> => program.run('report', '-f', list, '-o', folder, '--ports', '20-30,80', ...more);
  const night = (): Promise<Ended> => report('--email', 'ops@lan.example', '--attach');
  const files = (pattern: RegExp, place = folder): string[] =>
    readdirSync(place)
      .filter((name) => pattern.test(name))
      .sort();
  const mailed = async (count: number): Promise<ReceivedMail[]> => {
    await until(`${count} mails`, () => (sink?.mails.length ?? 0) >= count);
    return sink?.mails ?? [];
  };

  test('the first report says that it is the first, and mails who is there', async () => {
    const { code, stdout, stderr } = await night();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /first report, 3 hosts up\n.*\nThis is the first report here/);
    assert.match(stdout, /80\/tcp http nginx 1\.22\.1/);
    assert.deepEqual(
      files(/./).map((name) => name.replace(/\d{4}-\d{2}-\d{2}T\d{6}Z/, 'TIME')),
      ['nmap-TIME.xml', 'outbox', 'report-TIME.html', 'report-TIME.json', 'report-TIME.txt'],
    );
    for (const name of files(/\./)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
    const [mail] = await mailed(1);
    assert.match(mail?.text ?? '', /^Subject: \[rollcall\] .*first report/m);
    assert.deepEqual([mail?.from, mail?.to], ['rollcall@lan.example', ['ops@lan.example']]);
  });

  test('a second run without a change finds none, and exits 0', async () => {
    const { code, stdout, stderr } = await night();
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /no differences, 3 same\n$/);
    const scan = Number(/scan (\d+)/.exec(stdout)?.[1]);
    const { commands } = (await program.json('scans')).find(({ id }: { id: number }) => id === scan);
    const argv = commands[0] as string[];
    const targets = argv.slice(argv.indexOf('--') + 1);
    assert.deepEqual(targets, ['10.77.0.1', '10.77.0.2/31'], 'neighbours are put together');
    for (const option of ['-sV', '-Pn', '-T4']) assert.ok(argv.includes(option), option);
    assert.ok(!argv.some((word) => word.startsWith('-iL')));
  });

  test('a port that opened is a difference: exit 1, in text, page and JSON, and in the mail', async () => {
    await lan.open(lan.hosts[1] as LanHost, 80, `${WEB}nginx/1.24.0\r\n\r\n`);
    const { code, stdout } = await report('--email', 'ops@lan.example', '--attach', '--ndiff');
    assert.equal(code, 1, stdout);
    assert.match(stdout, /1 device differs, 2 same/);
    assert.match(stdout, /~ 10\.77\.0\.2 .*\n {2}\+ 80\/tcp {2}opened/);
    const last = (ending: string): string =>
      readFileSync(join(folder, files(new RegExp(`^report-.*\\.${ending}$`)).at(-1) as string), 'utf8');
    assert.match(last('txt'), /80\/tcp {2}opened/);
    assert.match(last('html'), /80\/tcp<\/td><td>opened/);
    const document = JSON.parse(last('json'));
    assert.equal(document.report.verdict, 'different');
    assert.deepEqual(
      document.comparison.devices[0].differences.map(({ kind }: { kind: string }) => kind),
      ['port.opened'],
    );
    const mail = (await mailed(3))[2]?.text ?? '';
    assert.match(mail, /^Subject: \[rollcall\] .*1 device differs, 2 same/m);
    for (const bit of [/text\/plain/, /text\/html/, /80\/tcp {2}opened/, /filename=report-.*\.json/]) assert.match(mail, bit);
  });

  test('what is kept is nmap XML that Ndiff and "rollcall diff" read, and both say the same', async () => {
    const [a, b] = files(/^nmap-/)
      .slice(-2)
      .map((name) => join(folder, name)) as [string, string];
    // Of two scripts at one port Ndiff itself dies; ours says what it would have said.
    const told = (await program.run('ndiff', a, b)).stdout;
    assert.match(told, /\+80\/tcp +open/);
    assert.equal(readFileSync(join(folder, files(/\.ndiff$/)[0] as string), 'utf8'), told);
    const ours = await program.run('diff', a, b);
    assert.equal(ours.code, 1);
    assert.match(ours.stdout, /80\/tcp {2}opened/);
    const plain = join(folder, '..', 'plain');
    for (const ports of ['22,80', '22']) await program.run('report', '-f', list, '-o', plain, '--plan', 'ports', '--ports', ports);
    const pair = files(/^nmap-/, plain).map((name) => join(plain, name));
    assert.match(spawnSync('ndiff', pair, { encoding: 'utf8' }).stdout, /-80\/tcp +open/);
  });

  test('while the mail server is down the mail is kept: exit 2; the next run delivers it first, then its own', async () => {
    await sink?.stop();
    sink = null;
    const down = await night();
    assert.equal(down.code, 2, down.stdout + down.stderr);
    assert.match(down.stdout, /no differences, 3 same/);
    assert.match(down.stderr, /mailing to ops@lan\.example: mail server 127\.0\.0\.1:2525 says: .*ECONNREFUSED.*; it is kept in .*outbox/);
    assert.equal(files(/^mail-/, join(folder, 'outbox')).length, 1);
    sink = await mailSink(lan);
    const up = await night();
    assert.equal(up.code, 0, up.stderr);
    const mails = await mailed(2);
    const moments = mails.map(({ text }) => /^Date: (.*)$/m.exec(text)?.[1] as string);
    assert.ok(Date.parse(moments[0] as string) < Date.parse(moments[1] as string), moments.join(', '));
    assert.notEqual(...(mails.map(({ text }) => /^Message-ID: (.*)$/m.exec(text)?.[1]) as [string, string]));
    assert.deepEqual(files(/^mail-/, join(folder, 'outbox')), []);
  });

  test('R1: a scan that could not see is reported as that, and the next compares with the one before it', async () => {
    const kept = files(/^nmap-/);
    await lan.probeDown();
    const blind = await report();
    assert.equal(blind.code, 2, blind.stdout);
    assert.match(blind.stdout, /the scan failed, nothing is known\n/);
    assert.doesNotMatch(blind.stdout, /gone|closed/);
    assert.deepEqual(files(/^nmap-/), kept);
    await lan.probeUp();
    const again = await report();
    assert.equal(again.code, 0, again.stdout);
    assert.match(again.stdout, new RegExp(`^A {2}${kept.at(-1)}`, 'm'));
  });

  test('S3.6: from elsewhere it sends nothing, says where it stands, and keeps the baseline', async () => {
    const kept = files(/^nmap-/);
    const elsewhere = await report('--guard', 'network=10.99.0.0/24');
    assert.equal(elsewhere.code, 2, elsewhere.stdout);
    assert.match(elsewhere.stdout, /the scan failed, nothing is known\n[^]*10\.99\.0\.0\/24/);
    const { commands } = (await program.json('scans'))[0];
    assert.deepEqual(commands, [], 'nmap was not started');
    assert.deepEqual(files(/^nmap-/), kept);
    assert.equal((await report('--guard', `network=${lan.block}`)).code, 0);
    assert.match((await report('--guard', 'gateway=nowhere')).stderr, /not a hardware address/);
  });

  test('S1: a list with a bad line is refused as a whole, with file, line, value and remedy, before anything is scanned', async () => {
    const bad = join(program.data, '..', 'bad.txt');
    const scans = (await program.json('scans')).length;
    for (const [line, told] of [
      ['-iL /etc/passwd', '"-iL"'],
      ['10.77.0.1/33', '"10.77.0.1/33"'],
      ['10.77.0,1.1', '"10.77.0,1.1"'],
    ]) {
      writeFileSync(bad, `10.77.0.1\n${line}\n`);
      const { code, stderr } = await program.run('report', '-f', bad, '-o', folder);
      assert.equal(code, 2);
      assert.ok(stderr.includes(`${bad}:2: reading target ${told}`), stderr);
      assert.match(stderr, /remedy: /);
    }
    writeFileSync(bad, '10.77.0.1\n198.51.100.7\n');
    const beyond = await program.run('report', '-f', bad, '-o', folder);
    assert.deepEqual([beyond.code, (await program.json('scans')).length], [2, scans], beyond.stderr);
    assert.match(beyond.stderr, /198\.51\.100\.7/);
  });

  test('a list that takes several runs of nmap is kept as one document, which covers all of it', async () => {
    const mixed = join(folder, '..', 'mixed');
    const run = (): Promise<Ended> => program.run('report', '127.0.0.1', '10.77.0.1-2', '-o', mixed, '--plan', 'ports', '--ports', '80');
    assert.equal((await run()).code, 0);
    const { commands } = (await program.json('scans'))[0];
    assert.equal(commands.length, 2);
    await lan.close(lan.hosts[0] as LanHost, 80);
    await lan.depart(lan.hosts[1] as LanHost);
    const { code, stdout } = await run();
    assert.equal(code, 1, stdout);
    assert.match(stdout, /~ 10\.77\.0\.1 .*\n {2}- 80\/tcp {2}closed[^]*- 10\.77\.0\.2 .* gone[^]*2 devices differ \(1 gone\), 1 same/);
    for (const name of files(/^nmap-/, mixed)) {
      const text = readFileSync(join(mixed, name), 'utf8');
      assert.equal(text.match(/<nmaprun /g)?.length, 1);
      assert.match(text, /<hosts up="[23]" down="[01]" total="3"\/>/);
      assert.match(text, /args="[^"]* -&#45; 10\.77\.0\.1 10\.77\.0\.2 127\.0\.0\.1"/);
    }
    await lan.arrive(lan.hosts[1]);
    await lan.open(lan.hosts[0] as LanHost, 80, `${WEB}nginx/1.22.1\r\n\r\n`);
  });

  test('two runs do not overlap; the lock of a dead one is taken over; nothing is written through a link', async () => {
    const victim = join(program.data, '..', 'victim');
    writeFileSync(victim, 'mine');
    const other = join(program.data, '..', 'other');
    mkdirSync(other, { mode: 0o700 });
    writeFileSync(join(other, '.lock'), '999999\nnobody\n');
    symlinkSync(victim, join(other, 'nmap-2026-01-01T000000Z.xml'));
    const one = program.run('report', '10.77.0.1', '-o', other, '--ports', '1-3000');
    await until('the first to hold the folder', () => !readFileSync(join(other, '.lock'), 'utf8').startsWith('999999'));
    const two = await program.run('report', '10.77.0.1', '-o', other);
    assert.equal(two.code, 2);
    assert.match(two.stderr, /process \d+ makes a report there/);
    assert.match((await one).stdout, /first report/);
    assert.equal(readFileSync(victim, 'utf8'), 'mine');
  });

  test('--keep leaves so many scans with their reports', async () => {
    assert.equal((await report('--keep', '2')).code, 0);
    assert.equal(files(/^nmap-/).length, 2);
    const oldest = files(/^nmap-/)[0]?.slice(5, 22) as string;
    assert.ok(files(/^report-/).every((name) => name.slice(7, 24) >= oldest));
  });
});

async function mailSink(lan: Lan): Promise<{ readonly mails: ReceivedMail[]; stop(): Promise<void> }> {
  const child: ChildProcess = lan.spawn([process.execPath, SINK, String(PORT)], { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  await until('the mail server', () => text.startsWith('ready\n'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    get mails() {
      const lines = text.split('\n').slice(1, -1);
      return lines.map((line) => JSON.parse(line) as ReceivedMail);
    },
    stop() {
      child.stdin?.end();
      return ended;
    },
  };
}
