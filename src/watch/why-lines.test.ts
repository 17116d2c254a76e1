import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { linesAbout } from './why-lines.ts';

const packed = (text: string): Uint8Array => zstdCompressSync(Buffer.from(text));

const host = (address: string, mac: string): string =>
  `<host starttime="1"><status state="up" reason="arp-response"/>\n<address addr="${address}" addrtype="ipv4"/>\n<address addr="${mac}" addrtype="mac"/>\n<ports><port protocol="tcp" portid="22"><state state="open"/></port>\n</ports>\n</host>\n`;

const XML = `<?xml version="1.0"?>\n<nmaprun scanner="nmap" args="nmap -sS 10.0.0.1">\n${host('10.0.0.1', '02:00:5E:00:00:01')}${host('10.0.0.12', '02:00:5E:00:00:12')}${host('110.0.0.1', '02:00:5E:00:00:13')}</nmaprun>\n`;

test("of nmap's XML it is the whole element of the host, and of no other whose address begins or ends alike", async () => {
  const lines = await linesAbout(packed(XML), ['10.0.0.1']);
  assert.deepEqual(
    lines,
    host('10.0.0.1', '02:00:5E:00:00:01')
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  );
});

test('the host is known by its hardware address too, whichever case the tool writes', async () => {
  const lines = await linesAbout(packed(XML), ['02:00:5e:00:00:12']);
  assert.ok(lines?.some((line) => line.includes('10.0.0.12')));
  assert.equal(lines?.length, 6);
});

test('XML without ends of lines is cut at its hosts', async () => {
  const lines = await linesAbout(packed(XML.replaceAll('\n', '')), ['10.0.0.12']);
  assert.equal(lines?.length, 1);
  assert.match(lines?.[0] ?? '', /^<host .*10\.0\.0\.12.*<\/host>$/);
});

test('of a host with more lines than anybody reads, the one that tells of the port is among them', async () => {
  const ports = Array.from({ length: 65_535 }, (_, i) => `<port protocol="tcp" portid="${i + 1}"><state state="open"/></port>\n`).slice(
    0,
    3000,
  );
  const tarpit = host('10.0.0.1', '02:00:5E:00:00:01').replace('<ports>', `<ports>\n${ports.join('')}`);
  const lines = await linesAbout(packed(tarpit), ['10.0.0.1'], 'portid="2900"');
  assert.equal(lines?.length, 61);
  assert.match(lines?.at(-1) ?? '', /portid="2900"/);
});

test('a host whose traces name the device is not the device', async () => {
  const router = host('10.0.0.9', '02:00:5E:00:00:09').replace('<ports>', '<trace><hop ipaddr="10.0.0.1"/></trace>\n<ports>');
  assert.deepEqual(await linesAbout(packed(router), ['10.0.0.1']), []);
});

test('of other text it is the lines that name it', async () => {
  const text = '10.0.0.1\t02:00:5e:00:00:01\tACME\r\n10.0.0.11\t02:00:5e:00:00:11\tACME\n\narp who-has 10.0.0.9 tell 10.0.0.1\n';
  const lines = ['10.0.0.1 02:00:5e:00:00:01 ACME', 'arp who-has 10.0.0.9 tell 10.0.0.1'];
  assert.deepEqual(
    (await linesAbout(packed(text), ['10.0.0.1']))?.map((line) => line.replaceAll(/\s+/g, ' ')),
    lines,
  );
  assert.deepEqual(await linesAbout(packed(text), []), []);
  assert.deepEqual(await linesAbout(packed('fe80::1 is here\nfe80::1:2 is not\n'), ['fe80::1']), ['fe80::1 is here']);
});

test('hostile output is cleaned, cut short, and never too much', async () => {
  const long = `10.0.0.1 \u001b[2J\u202e${'x'.repeat(5000)}\n`;
  const lines = await linesAbout(packed(long.repeat(500)), ['10.0.0.1']);
  assert.equal(lines?.length, 60);
  assert.ok(lines?.every((line) => line.length <= 300 && !/[\p{Cc}\p{Cf}]/u.test(line)));
  assert.equal(await linesAbout(new Uint8Array([1, 2, 3]), ['10.0.0.1']), null);
  assert.equal(await linesAbout(packed(XML).subarray(0, 60), ['10.0.0.1']), null);
  const endless = await linesAbout(packed(`<host ${'10.0.0.1'.repeat(1_000_000)}`), ['10.0.0.1']);
  assert.ok((endless?.length ?? 0) <= 60);
});

test('wherever the unpacked output happens to be cut, the same lines are found', async () => {
  const filler = fc.string({ unit: 'grapheme', maxLength: 50 }).map((text) => text.replaceAll('<', ''));
  await fc.assert(
    fc.asyncProperty(fc.nat(200_000), filler, async (size, text) => {
      const padded = `${`${text}\n`.repeat(Math.ceil(size / (text.length + 1)))}${host('10.0.0.1', '02:00:5E:00:00:01')}`;
      assert.equal((await linesAbout(packed(padded), ['02:00:5e:00:00:01']))?.length, 6);
    }),
    { numRuns: 30 },
  );
});
