import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { addresses, covered, NOW, read } from '../../../test/probes/reading.ts';
import { SWEEP } from '../../../test/probes/reports.ts';
import { rangesOf } from '../../../test/probes/stub.ts';
import { Fault, type ScanReport } from '../../core/index.ts';

test('S1.1: the text of a sweep names its hosts, their cards, makers and names', async () => {
  const report = await read(SWEEP);
  assert.equal(report.outcome, 'complete');
  assert.deepEqual(
    report.observations.map(({ address, mac, vendor, names }) => [address, mac, vendor, names?.[0]?.name ?? null]),
    [
      ['10.77.0.5', '00:50:56:11:22:33', 'VMware (Virtual) Inc.', 'host(1).lan'],
      ['10.77.0.9', '22:4f:d6:60:1b:dd', null, null],
      ['10.77.0.1', null, null, null],
    ],
  );
  assert.deepEqual(report.tool, { name: 'nmap', version: '7.93' });
  assert.equal(report.asked, 256);
  assert.equal(report.finishedAt, NOW);
  assert.ok(report.observations.every(({ seenAt }) => seenAt === NOW));
  assert.equal(zstdDecompressSync(report.raw as Uint8Array).toString(), SWEEP);
});

test('which addresses a count alone means is inferred from its one aligned block', async () => {
  const report = await read(SWEEP);
  assert.deepEqual(covered(report), ['10.77.0.0/24']);
  assert.equal(report.coverage.basis, 'inferred');
});

test('what the user says was covered beats the inference', async () => {
  const report = await read(SWEEP, { covers: rangesOf('10.77.0.0/24') });
  assert.equal(report.coverage.basis, 'asked');
  assert.deepEqual(covered(report), ['10.77.0.0/24']);
});

test('law 2: a count that fits neither block nor word covers only the hosts seen', async () => {
  const odd = await read(SWEEP.replace('256 IP', '254 IP'));
  assert.equal(odd.outcome, 'complete');
  assert.deepEqual(covered(odd), ['10.77.0.1', '10.77.0.5', '10.77.0.9']);
  assert.match(odd.warnings.join(), /does not say which addresses/);
  const spread = await read(SWEEP.replace('10.77.0.9', '10.88.0.9'));
  assert.deepEqual(covered(spread), ['10.77.0.1', '10.77.0.5', '10.88.0.9']);
  const claimed = await read(SWEEP.replace('256 IP', '0 IP'), { covers: rangesOf('10.77.0.0/24') });
  assert.deepEqual(covered(claimed), ['10.77.0.1', '10.77.0.5', '10.77.0.9']);
  assert.match(claimed.warnings.join(), /asked 0 addresses, not the 256 named/);
});

test('law 2: a handful of addresses may be any, and makes no neighbour of theirs missed', async () => {
  const sweepOf = (count: number): string => SWEEP.replace('256 IP', `${count} IP`).replaceAll('10.77.0.9', '10.77.0.4');
  const few = await read(sweepOf(8));
  assert.deepEqual(covered(few), ['10.77.0.1', '10.77.0.4/31']);
  assert.match(few.warnings.join(), /does not say which addresses/);
  assert.deepEqual(covered(await read(sweepOf(16))), ['10.77.0.0/28']);
});

test('law 1: a text without its last line is partial, and covers only what it saw', async () => {
  const report = await read(SWEEP.slice(0, SWEEP.indexOf('Nmap done')), { covers: rangesOf('10.77.0.0/24') });
  assert.equal(report.outcome, 'partial');
  assert.equal(report.cause?.code, 'cut-off');
  assert.deepEqual(covered(report), ['10.77.0.1', '10.77.0.5', '10.77.0.9']);
});

test('R6: cut anywhere, a text never covers an absent address', async () => {
  for (let cut = 1; cut < SWEEP.length - 20; cut += 7) {
    const report = await read(SWEEP.slice(0, cut)).catch((fault: unknown) => fault);
    if (report instanceof Fault) continue;
    const { outcome, coverage } = report as ScanReport;
    assert.notEqual(outcome, 'complete', `cut at ${cut}`);
    assert.ok(coverage.addresses.every(({ first, last }) => last - first < 3n));
  }
});

test('hosts that got lost on the way make it partial', async () => {
  const report = await read(SWEEP.replace('(3 hosts up)', '(4 hosts up)'));
  assert.equal(report.outcome, 'partial');
  assert.equal(report.cause?.code, 'totals-differ');
  assert.deepEqual(covered(report), ['10.77.0.1', '10.77.0.5', '10.77.0.9']);
});

test('CRLF, other kinds of space and junk lines change nothing', async () => {
  const crlf = SWEEP.replaceAll('\n', '\r\n');
  const spaced = SWEEP.replaceAll(': ', ':\u00a0').replaceAll(' IP', '\u202fIP');
  const junk = `[sudo] password for admin:\nWARNING: running as nobody\n${SWEEP.replaceAll('\n', '\nlorem ipsum\n')}`;
  const plain = addresses(await read(SWEEP));
  for (const text of [crlf, spaced, junk]) {
    const report = await read(text, { chunk: 5 });
    assert.equal(report.outcome, 'complete');
    assert.deepEqual(addresses(report), plain);
    assert.deepEqual(covered(report), ['10.77.0.0/24']);
  }
});

test('hosts said to be down are not up, with -v and with reasons', async () => {
  const report = await read(`Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:40 UTC
Initiating ARP Ping Scan at 03:40
Nmap scan report for 10.77.0.0 [host down, received no-response]
Nmap scan report for 10.77.0.2
Host is up, received arp-response (0.000033s latency).
MAC Address: 22:4F:D6:60:1B:DD (Unknown)
Nmap scan report for name (10.77.0.3) [host down]
Nmap done: 4 IP addresses (1 host up) scanned in 1.26 seconds
           Raw packets sent: 13 (364B) | Rcvd: 1 (28B)
`);
  assert.deepEqual(addresses(report), ['10.77.0.2']);
  assert.equal(report.observations[0]?.reason, 'arp-response');
  assert.deepEqual(covered(report), ['10.77.0.2']);
});

test('-Pn: a host of which nothing was heard is not there, nor covered', async () => {
  const report = await read(`Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:40 UTC
Nmap scan report for 10.77.0.2
Host is up.
All 1000 scanned ports on 10.77.0.2 are in ignored states.
Not shown: 1000 filtered tcp ports (no-response)

Nmap scan report for 10.77.0.3
Host is up (0.1s latency).
PORT   STATE SERVICE
22/tcp open  ssh

Nmap done: 2 IP addresses (2 hosts up) scanned in 14.11 seconds
`);
  assert.deepEqual(addresses(report), ['10.77.0.3']);
  assert.deepEqual(covered(report), ['10.77.0.3']);
});

test('law 2: a list scan asks nobody, so nobody is missing', async () => {
  const text = `Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:40 UTC
Nmap scan report for 10.77.0.0
Nmap scan report for 10.77.0.1
Nmap done: 2 IP addresses (0 hosts up) scanned in 0.00 seconds
`;
  const report = await read(text, { covers: rangesOf('10.77.0.0/31') });
  assert.deepEqual(covered(report), []);
  assert.match(report.warnings.join(), /only lists addresses/);
  const xml = `<nmaprun scanner="nmap" args="nmap -oX - 10.77.0.0/31"><host><status state="unknown"/><address addr="10.77.0.0" addrtype="ipv4"/></host>
<runstats><finished time="1795232400" exit="success"/><hosts up="0" down="0" total="2"/></runstats></nmaprun>`;
  assert.deepEqual(covered(await read(xml)), []);
});

test('a scan that quit has failed', async () => {
  const report = await read('Starting Nmap 7.93 ( https://nmap.org )\nWARNING: no such device\nQUITTING!\n');
  assert.equal(report.outcome, 'failed');
  assert.match(report.cause?.text ?? '', /no such device/);
  assert.deepEqual(covered(report), []);
});

test('grepable output has another form: its hosts are not read as absent', async () => {
  const report = await read(`# Nmap 7.93 scan initiated Sat Nov 21 03:39:58 2026 as: nmap -sn -oG - 10.77.0.0/24
Host: 10.77.0.2 ()\tStatus: Up
# Nmap done at Sat Nov 21 03:40:00 2026 -- 256 IP addresses (1 host up) scanned in 1.35 seconds
`);
  assert.equal(report.outcome, 'failed');
  assert.equal(report.cause?.code, 'totals-differ');
});
