import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { type AddressRange, coverageText, Fault, orFault, parseTarget, type ScanReport } from '../../core/index.ts';
import { createReportReader } from './report-reader.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

async function* inChunks(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface How {
  readonly covers?: readonly AddressRange[];
  readonly chunk?: number;
}

const read = (text: string | Uint8Array, { covers, chunk = 1 << 16 }: How = {}): Promise<ScanReport> =>
  createReportReader().read(inChunks(Buffer.from(text), chunk), { covers: covers ?? null, now: NOW });

const rangesOf = (text: string): readonly AddressRange[] => {
  const spec = orFault(parseTarget(text));
  return spec.kind === 'ranges' ? spec.ranges : [];
};

const covered = ({ coverage }: ScanReport): readonly string[] => coverageText(coverage).addresses;
const addresses = ({ observations }: ScanReport): string[] => observations.map(({ address }) => address);

const SWEEP = `Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:40 UTC
Nmap scan report for host(1).lan (10.77.0.5)
Host is up (0.00033s latency).
MAC Address: 00:50:56:11:22:33 (VMware (Virtual) Inc.)
Nmap scan report for 10.77.0.9
Host is up (0.00040s latency).
MAC Address: 22:4F:D6:60:1B:DD (Unknown)
Nmap scan report for 10.77.0.1
Host is up.
Nmap done: 256 IP addresses (3 hosts up) scanned in 2.42 seconds
`;

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
  assert.deepEqual(covered(report), ['10.77.0.0/30']);
});

const PORTS = `# Nmap 7.94 scan initiated Sat Nov 21 03:40:12 2026 as: nmap -sV -e va -oN out.txt 10.77.0.0/29
Nmap scan report for nas.lan (10.77.0.5)
Host is up (0.0010s latency).
rDNS record for 10.77.0.5: nas.home.lan
Not shown: 995 closed tcp ports (reset), 1 filtered tcp port (no-response)
PORT     STATE         SERVICE     VERSION
22/tcp   open          ssh         OpenSSH 9.2p1 Debian 2 (protocol 2.0)
443/tcp  open          ssl/http    nginx 1.22.1
8080/tcp open|filtered http-proxy?
161/udp  open          snmp        net-snmp
|_script: 10/tcp open not a row
Service Info: OS: Linux
OS details: Linux 4.15 - 5.8
Skipping line that nobody knows

Nmap scan report for 10.77.0.6
Host is up (0.0010s latency).
Skipping host 10.77.0.6 due to host timeout
Nmap scan report for fd77::7
Host is up (0.0010s latency).
# Nmap done at Sat Nov 21 03:41:12 2026 -- 8 IP addresses (3 hosts up) scanned in 60.10 seconds
`;

test('a port table gives ports with their services, read by its columns', async () => {
  const report = await read(PORTS);
  const [nas] = report.observations;
  assert.deepEqual(
    nas?.ports.map(({ protocol, port, state, service }) => [
      `${port}/${protocol}`,
      state,
      service?.name,
      service?.product,
      service?.tunnel,
      service?.method,
    ]),
    [
      ['22/tcp', 'open', 'ssh', 'OpenSSH 9.2p1 Debian 2 (protocol 2.0)', '', 'probed'],
      ['443/tcp', 'open', 'http', 'nginx 1.22.1', 'ssl', 'probed'],
      ['8080/tcp', 'open|filtered', 'http-proxy', '', '', 'table'],
      ['161/udp', 'open', 'snmp', 'net-snmp', '', 'probed'],
    ],
  );
  assert.deepEqual(nas?.unlisted, [
    { protocol: 'tcp', state: 'closed', count: 995, ports: null },
    { protocol: 'tcp', state: 'filtered', count: 1, ports: null },
  ]);
  assert.deepEqual(nas?.names, [
    { name: 'nas.home.lan', source: 'dns' },
    { name: 'nas.lan', source: 'scan' },
  ]);
  assert.equal(nas?.os, 'Linux 4.15 - 5.8');
  assert.equal(report.coverage.depth, 'versions');
  assert.deepEqual(report.coverage.ports, {}, 'the text does not say which ports were asked');
});

test('R8: a host the scan gave up on is there, its ports unknown', async () => {
  const report = await read(PORTS);
  assert.equal(report.outcome, 'partial');
  assert.equal(report.cause?.code, 'host-timeouts');
  assert.equal(report.observations[1]?.timedOut, true);
});

test('-oN names its command line: targets, interface and times come from there', async () => {
  const report = await read(PORTS);
  assert.deepEqual(covered(report), ['10.77.0.0/29']);
  assert.equal(report.coverage.basis, 'asked');
  assert.equal(report.vantage.iface, 'va');
  assert.deepEqual(report.commands[0]?.slice(0, 2), ['nmap', '-sV']);
  assert.equal(report.startedAt, Date.parse('Sat Nov 21 03:40:12 2026'));
  assert.equal(report.finishedAt, Date.parse('Sat Nov 21 03:41:12 2026'));
});

test('a time in the future is not believed', async () => {
  const report = await read(PORTS.replaceAll('2026', '2099'));
  assert.equal(report.finishedAt, NOW);
  assert.ok(report.startedAt <= NOW);
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

const ARP = `Interface: va, type: EN10MB, MAC: b2:9e:d5:a4:25:d1, IPv4: 10.77.0.1
Starting arp-scan 1.10.0 with 256 hosts (https://github.com/royhills/arp-scan)
10.77.0.2\t22:4f:d6:60:1b:dd\t(Unknown: locally administered)
10.77.0.5\t00:50:56:11:22:33\tVMware, Inc.
10.77.0.5\t00:50:56:11:22:34\tVMware, Inc. (DUP: 2)
10.77.0.7\t00:00:00:00:00:01\t(Unknown)

4 packets received by filter, 0 packets dropped by kernel
Ending arp-scan 1.10.0: 256 hosts scanned in 1.456 seconds (5.49 hosts/sec). 4 responded
`;

test('arp-scan: one answer a line, repeated ones counted and told', async () => {
  const report = await read(ARP);
  assert.equal(report.outcome, 'complete');
  assert.deepEqual(
    report.observations.map(({ address, mac, vendor }) => [address, mac, vendor]),
    [
      ['10.77.0.2', '22:4f:d6:60:1b:dd', null],
      ['10.77.0.5', '00:50:56:11:22:33', 'VMware, Inc.'],
      ['10.77.0.7', '00:00:00:00:00:01', 'XEROX CORPORATION'],
    ],
  );
  assert.match(report.warnings.join(), /10\.77\.0\.5 was answered by 00:50:56:11:22:33 and by 00:50:56:11:22:34/);
  assert.deepEqual(report.tool, { name: 'arp-scan', version: '1.10.0' });
  assert.deepEqual(report.vantage, { iface: 'va', privileged: true });
});

test('arp-scan does not ask the machine it runs on, so that cannot be missing', async () => {
  const report = await read(ARP);
  assert.deepEqual(covered(report), ['10.77.0.0', '10.77.0.2-10.77.0.255']);
  assert.equal(report.coverage.basis, 'inferred');
});

test('arp-scan without its last line is partial, and says so when answers are lost', async () => {
  assert.equal((await read(ARP.slice(0, ARP.indexOf('Ending')))).outcome, 'partial');
  assert.equal((await read('10.77.0.2\t22:4f:d6:60:1b:dd\tx\n')).outcome, 'partial', 'arp-scan --plain');
  assert.equal((await read(ARP.replace('4 responded', '5 responded'))).cause?.code, 'totals-differ');
});

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sS -p 22,80 -oX - 10.77.0.0/30" start="1795232398" version="7.93" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="2" services="22,80"/>
<host endtime="1795232399"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="10.77.0.2" addrtype="ipv4"/><address addr="00:50:56:11:22:33" addrtype="mac"/>
<hostnames><hostname name="&lt;b&gt;x.lan" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/><service name="ssh" method="table" conf="3"/></port></ports>
</host>
<runstats><finished time="1795232400" exit="success"/><hosts up="1" down="3" total="4"/></runstats>
</nmaprun>
`;

test('XML tells its targets, ports and times itself', async () => {
  const report = await read(XML, { chunk: 11 });
  assert.equal(report.outcome, 'complete');
  assert.deepEqual(covered(report), ['10.77.0.0/30']);
  assert.equal(report.coverage.basis, 'asked');
  assert.deepEqual(report.coverage.ports, {
    tcp: [
      [22, 22],
      [80, 80],
    ],
  });
  assert.equal(report.coverage.depth, 'ports');
  assert.equal(report.startedAt, 1_795_232_398_000);
  assert.equal(report.finishedAt, 1_795_232_400_000);
  assert.equal(report.observations[0]?.vendor, 'VMware, Inc.', 'nmap gave none, the registry knows');
  assert.equal(report.vantage.privileged, true);
});

test('R6: XML cut at any byte is refused or partial, and never covers an absent address', async () => {
  for (let cut = 0; cut < XML.length - 12; cut++) {
    const report = await read(XML.slice(0, cut)).catch((fault: unknown) => fault);
    if (report instanceof Fault) continue;
    const { outcome, coverage } = report as ScanReport;
    assert.ok(outcome === 'partial' || outcome === 'failed', `${outcome} when cut at ${cut}`);
    assert.ok(coverage.addresses.every(({ first, last }) => first === last));
  }
});

test('R7: XML that says it failed is a failed scan, not an empty network', async () => {
  const report = await read(XML.replace('exit="success"', 'exit="error" errormsg="no such device"'));
  assert.equal(report.outcome, 'failed');
  assert.match(report.cause?.text ?? '', /no such device/);
  assert.deepEqual(report.observations, []);
});

test('targets that nmap reads more freely than we do are not taken for coverage', async () => {
  for (const target of [
    '10.77.0.5/30',
    '10.77.0.0,1',
    'nas.lan',
    '-iL list',
    '--exclude 10.77.0.3 10.77.0.0/30',
    '-sL 10.77.0.0/30',
    '--frob 10.77.0.0/30',
  ]) {
    const report = await read(XML.replace('10.77.0.0/30', target).replace('total="4"', 'total="3"'));
    assert.deepEqual(covered(report), ['10.77.0.2'], target);
  }
});

test('S4: what is not a scan is refused with its first line and what would do', async () => {
  const refused = async (text: string | Uint8Array): Promise<Fault> => {
    const fault = await read(text).catch((reason: unknown) => reason);
    assert.ok(fault instanceof Fault, `took ${String(text).slice(0, 40)}`);
    assert.equal(fault.code, 'bad-input');
    assert.ok(fault.message.length < 400);
    assert.doesNotMatch(fault.message, /[^\x20-\x7e]/);
    assert.ok(fault.remedy);
    return fault;
  };
  assert.match((await refused('hello\u001b[31m world\nmore')).message, /"hello\\u001b\[31m world"/);
  assert.match((await refused('')).message, /it is empty/);
  assert.match((await refused('\n \n')).message, /it is empty/);
  await refused('<html><body>10.0.0.1</body></html>');
  await refused('<?xml version="1.0"?><!DOCTYPE nmaprun [<!ENTITY a "b">]><nmaprun/>');
  await refused(new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0xff]));
  await refused('x'.repeat(200_000));
});

test('G6: whatever comes is a report or a refusal, in bounded time (property)', async () => {
  const pieces = [...SWEEP.split('\n'), ...PORTS.split('\n'), ...ARP.split('\n'), ...XML.split('\n')];
  const line = fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 25 }), fc.integer({ min: 1, max: 50 }), async (lines, chunk) => {
      const report = await read(lines.join('\n'), { chunk }).catch((reason: unknown) => reason);
      if (report instanceof Fault) return assert.equal(report.code, 'bad-input');
      const { outcome, coverage, observations } = report as ScanReport;
      if (outcome === 'failed') assert.deepEqual([coverage.addresses, observations], [[], []]);
      else assert.ok(['complete', 'partial'].includes(outcome), String(report));
    }),
    { numRuns: 300 },
  );
});
