import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { ARP, SWEEP, XML } from '../../../test/probes/reports.ts';
import { createReportReader } from '../index.ts';
import { readKeptOutput } from './kept-output.ts';

const FINISHED = Date.UTC(2026, 10, 21, 12);
const fixture = (name: string): string => readFileSync(join(import.meta.dirname, '../../../test/nmap-xml/fixtures', `${name}.xml`), 'utf8');
const kept = (text: string | Uint8Array, documents = 1) =>
  createReportReader().readKept(zstdCompressSync(text), { finishedAt: FINISHED, documents });
const addresses = async (text: string, documents?: number): Promise<string[] | undefined> =>
  (await kept(text, documents))?.hosts.map(({ observation }) => observation.address);

test('kept output is read again host by host, with what scripts printed', async () => {
  const output = await kept(fixture('script-output'));
  const [host, ...others] = output?.hosts ?? [];
  assert.deepEqual(others, []);
  assert.deepEqual([host?.observation.address, host?.observation.seenAt], ['192.0.2.1', FINISHED]);
  assert.deepEqual(
    host?.scripts.map(({ port, id }) => `${port ? `${port.protocol}/${port.port}` : 'host'} ${id}`),
    ['host clock-skew', 'tcp/443 ssl-enum', 'tcp/443 quiet'],
  );
  assert.equal(host?.scripts[1]?.output, '\n  first line is empty\n  second');
  assert.equal(output?.scriptChoice, 'default');
});

test('a scan of several networks kept a document of each, of which each counts, also after one that broke off', async () => {
  const other = XML.replaceAll('10.77.0.2', '10.77.1.9');
  assert.deepEqual(await addresses(`${XML}${other}`, 2), ['10.77.0.2', '10.77.1.9']);
  const cut = XML.slice(0, XML.indexOf('<runstats>') + 5);
  assert.deepEqual(await addresses(`${cut}${other}`, 2), ['10.77.0.2', '10.77.1.9']);
  const broken = XML.slice(0, XML.indexOf('<hostnames>') + 3);
  assert.deepEqual(await addresses(`${broken}${other}`, 2), ['10.77.1.9'], 'no host that was not read to its end');
});

test('of a report only its first scan was taken in, and only that is read', async () => {
  assert.deepEqual(await addresses(`$ cat scans\n${XML}${XML.replaceAll('10.77.0.2', '10.77.1.9')}`), ['10.77.0.2']);
  assert.deepEqual(await addresses(XML.slice(XML.indexOf('<nmaprun'))), ['10.77.0.2'], 'XML may do without saying so');
});

test('a host that did not answer itself is not there, and the maker of a card is looked up', async () => {
  const output = await kept(XML.replace('reason="arp-response"', 'reason="user-set"').replace('state="open"', 'state="filtered"'));
  assert.deepEqual(output?.hosts, []);
  assert.match(String((await kept(XML))?.hosts[0]?.observation.vendor), /vmware/i);
});

test('what is no XML of nmap, damaged, or empty is not read', async () => {
  for (const text of [SWEEP, ARP, '', '<?xml version="1.0"?><html/>', '<?xml ']) assert.equal(await kept(text), null, text.slice(0, 20));
  const options = { finishedAt: FINISHED, documents: 1 };
  const whole = zstdCompressSync(XML);
  for (const raw of [Buffer.from(XML), whole.subarray(0, whole.length - 9)])
    assert.equal(await createReportReader().readKept(raw, options), null);
});

test('output that unfolds beyond reason is not read', async () => {
  const raw = zstdCompressSync(`${XML}${' '.repeat(10_000_000)}`);
  const options = { finishedAt: FINISHED, documents: 1 };
  assert.equal(await readKeptOutput(raw, options, 10_000_000), null);
  assert.equal((await readKeptOutput(raw, options))?.hosts.length, 1);
});
