import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Daemon, newProgram, type Program, until } from './program.ts';
import { type Recorder, recorder } from './recorder.ts';

describe('S3: what is not the operator’s to scan', () => {
  let nmap: Recorder;
  let program: Program;
  before(async () => {
    nmap = recorder();
    program = await newProgram({ config: `[self]\nwatch = false\n${nmap.config}` });
  });
  after(async () => {
    await program.end();
    nmap.remove();
  });

  for (const [target, reason] of [
    ['8.8.8.8', /8\.8\.8\.8 is neither private nor a network of this machine/],
    ['203.0.113.0/28', /neither private/],
    ['100.64.0.1', /neither private/],
    ['2001:db8::1', /neither private/],
    ['10.0.0.0/19', /8192 addresses, more than 4096/],
    ['fd00:1::/64', /addresses, more than 4096/],
    ['224.0.0.1', /no device can have/],
    ['255.255.255.255', /no device can have/],
    ['0.0.0.0', /no device can have/],
    ['ff02::1', /no device can have/],
    ['10.0.0.1-11.0.0.1', /neither private|more than 4096/],
  ] as const)
    test(`${target} is refused by scan and by watch, with a remedy`, async () => {
      for (const command of ['scan', 'watch']) {
        const { code, stderr } = await program.run(command, target);
        assert.equal(code, 2);
        assert.match(stderr, reason);
        assert.match(stderr, /remedy: (add an \[\[allow\]\] entry with range, owner and until|name addresses of devices)/);
      }
    });

  test('one public address among private ones refuses them all; nothing was scanned or stored', async () => {
    assert.equal((await program.run('scan', '127.0.0.1', '8.8.8.8')).code, 2);
    assert.deepEqual([await program.json('scans'), await program.json('targets'), nmap.calls()], [[], [], []]);
  });

  test('an [[allow]] entry opens its range until the end of its day, and no more', async () => {
    const config = await readFile(program.config, 'utf8');
    const allow = (until: string): Promise<void> =>
      writeFile(program.config, `${config}[[allow]]\nrange = "203.0.113.0/28"\nowner = "ops@example.org"\nuntil = ${until}\n`);
    const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    await allow(day(-1));
    assert.equal((await program.run('scan', '203.0.113.1')).code, 2);
    assert.deepEqual(nmap.calls(), []);
    await allow(day(1));
    await program.run('scan', '203.0.113.1', '--plan', 'sweep');
    assert.equal(nmap.calls().at(-1)?.at(-1), '203.0.113.1');
    assert.equal((await program.run('scan', '203.0.113.16')).code, 2);
    assert.equal((await program.run('scan', '224.0.0.1')).code, 2);
    assert.equal(nmap.calls().length, 1);
  });

  test('a config file cannot smuggle a target past the scope: its scan fails as out of scope', async () => {
    const config = await readFile(program.config, 'utf8');
    await writeFile(program.config, `${config}[[target]]\ntarget = "9.9.9.9"\nplan = "sweep"\nevery = "1h"\n`);
    const calls = nmap.calls().length;
    await program.daemon();
    await until('the refused scan', async () => (await program.json('scans'))[0]?.subject === '9.9.9.9');
    await until('its end', async () => (await program.json('scans'))[0].outcome === 'failed');
    assert.equal((await program.json('scans'))[0].cause.code, 'out-of-scope');
    assert.equal(nmap.calls().length, calls);
  });
});

const HOSTS = 6;
const host = (i: number): string =>
  `<host><status state="up" reason="arp-response"/><address addr="192.168.7.${i}" addrtype="ipv4"/><address addr="00:11:32:AA:BB:0${i}" addrtype="mac"/><hostnames><hostname name="${i === 1 ? '__proto__' : 'constructor'}" type="PTR"/></hostnames><ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/><service name="__proto__" product="toString" method="probed"/></port></ports></host>\n`;
const report = (at: number): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap" args="nmap -p 22 192.168.7.0/29" start="${at - 2}" version="7.93" xmloutputversion="1.05">\n<scaninfo type="syn" protocol="tcp" numservices="1" services="22"/>\n${Array.from({ length: HOSTS }, (_, i) => host(i + 1)).join('')}<runstats><finished time="${at}" exit="success"/><hosts up="${HOSTS}" down="${8 - HOSTS}" total="8"/></runstats>\n</nmaprun>\n`;

describe('S4, R6: reports that are cut, broken or hostile', () => {
  let program: Program;
  let daemon: Daemon;
  let token: string;
  before(async () => {
    program = await newProgram({ config: '[self]\nwatch = false\n[presence]\nwindow = "0s"\n' });
    daemon = await program.daemon();
    token = (await program.run('token')).stdout.trim();
  });
  after(() => program.end());

  const send = async (bytes: string | Uint8Array<ArrayBuffer>): Promise<{ status: number; text: string }> => {
    const form = new FormData();
    form.set('file', new File([bytes], 'report.xml'));
    const answer = await fetch(`http://127.0.0.1:${program.port}/api/v1/ingest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const presences = async (): Promise<string[]> =>
    (await program.json('devices')).map(({ id, presence }: { id: number; presence: string }) => `${id} ${presence}`);
  const now = (): number => Math.floor(Date.now() / 1000);

  test('names like __proto__ are names', async () => {
    const { status, text } = await send(report(now()));
    assert.equal(status, 200, text);
    const devices = await program.json('devices');
    assert.equal(devices.length, HOSTS);
    assert.deepEqual([devices[0].name, devices[1].name, devices[0].ports[0].service.name], ['__proto__', 'constructor', '__proto__']);
    assert.equal((await program.json('device', '__proto__')).device.id, devices[0].id);
  });

  test('cut anywhere: partial or refused, and nobody leaves', async () => {
    const known = await presences();
    const bytes = Buffer.from(report(now()));
    const ends = new Set<string>();
    for (let cut = 1; cut < bytes.length - 12; cut += 47) {
      const { status, text } = await send(new Uint8Array(bytes.subarray(0, cut)));
      assert.ok(status === 200 || status === 400, `cut at ${cut}: ${status} ${text}`);
      if (status === 200) {
        const { scan, changes } = JSON.parse(text);
        assert.equal(scan.outcome, 'partial', `cut at ${cut}`);
        assert.deepEqual(changes, [], `cut at ${cut}`);
      }
      ends.add(String(status));
    }
    assert.deepEqual([...ends].sort(), ['200', '400']);
    assert.deepEqual(await presences(), known);
  });

  const hostile: readonly (readonly [what: string, bytes: string | Uint8Array<ArrayBuffer>, message: RegExp])[] = [
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><nmaprun>&b;</nmaprun>`, /defines entities/],
    ['a file by entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><nmaprun>&x;</nmaprun>', /defines entities/],
    ['a million levels', `<nmaprun scanner="nmap">${'<a>'.repeat(1_000_000)}`, /more than 128 are inside each other/],
    ['an attribute of 20 MB', `<nmaprun scanner="nmap" args="${'x'.repeat(20_000_000)}"/>`, /long|large/],
    ['HTML', '<!doctype html><html><body>502 Bad Gateway</body></html>', /nmap/],
    ['gzip', new Uint8Array(gzipSync(report(now()))), /compressed with gzip/],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${report(now())}`, 'utf16le')), /UTF-16/],
    ['binary junk', new Uint8Array(Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 251))), /reading/],
    ['nothing', '', /empty/],
  ];
  for (const [what, bytes, message] of hostile)
    test(`${what} is refused with its reason and a remedy, and nothing is stored`, async () => {
      const scans = (await program.json('scans', '--limit', '1000')).length;
      const { status, text } = await send(bytes);
      assert.equal(status, 400, text.slice(0, 500));
      assert.match(text, message);
      assert.match(text, /remedy/);
      assert.ok(text.length < 2000);
      assert.equal((await program.json('scans', '--limit', '1000')).length, scans);
    });

  test('100 MB of nesting is turned away within seconds, and the daemon stays well and bounded', async () => {
    const began = performance.now();
    const { status } = await send(`<nmaprun scanner="nmap">${'<a>'.repeat(33_000_000)}`);
    assert.equal(status, 400);
    assert.ok(performance.now() - began < 10_000, `${performance.now() - began} ms`);
    const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))?.[1]) / 1024;
    assert.ok(peak < 1000, `${peak} MB at the most`);
    assert.equal((await program.run('status')).code, 0);
  });

  test('a report larger than 256 MB is refused before it is read', async () => {
    const big = join(program.data, 'big.xml');
    const { truncate } = await import('node:fs/promises');
    await writeFile(big, report(now()));
    await truncate(big, 300 * 1024 * 1024);
    const { code, stderr } = await program.run('ingest', big);
    assert.equal(code, 2);
    assert.match(stderr, /larger than 256 MB\n {2}remedy: /);
  });
});
