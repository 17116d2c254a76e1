import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf } from '../../test/nmap-xml/fixtures.ts';
import { formatRange } from '../core/index.ts';
import { ClaimsDraft } from './claims.ts';
import type { ScanClaims } from './judge-scan.ts';
import { observationOf } from './observation.ts';
import { createNmapReader } from './reader.ts';

function claimsIn(bytes: Uint8Array): ScanClaims | null {
  const draft = new ClaimsDraft();
  const reader = createNmapReader({
    onRun: (header) => {
      draft.header = header;
    },
    onScanInfo: (scan) => draft.scanInfo(scan),
    onHost: (host) => draft.host(host, observationOf(host, 0)),
  });
  reader.write(bytes);
  return draft.claims(reader.end());
}

const of = (situation: string): ScanClaims | null => claimsIn(bytesOf(situation));
const inRun = (inside: string, args = ''): ScanClaims | null => claimsIn(Buffer.from(`<nmaprun${args}>${inside}</nmaprun>`));

test('a whole scan claims its targets, counts and ports', () => {
  const claims = of('down-hosts-of-a-verbose-scan');
  assert.deepEqual(claims && { ...claims, targets: claims.targets?.map(formatRange), absent: claims.absent.map(formatRange) }, {
    targets: ['192.0.2.8/31'],
    commanded: true,
    ending: { kind: 'whole' },
    asked: 2,
    up: 1,
    read: 1,
    listOnly: false,
    unasked: [],
    absent: ['192.0.2.9'],
    ports: {
      tcp: [
        [22, 22],
        [80, 80],
        [443, 443],
        [8080, 8080],
      ],
    },
    depth: 'ports',
    warnings: [],
  });
});

test('how it ended is told with the place where it can be told', () => {
  assert.deepEqual(of('finished-with-exit-error')?.ending, { kind: 'failed', text: 'nmap failed: Failed to open device eth9' });
  assert.match(JSON.stringify(of('interrupted-inside-a-tag')?.ending), /"cut".* \(line 34, column 21, byte 1787\)/);
  assert.deepEqual(of('no-runstats')?.ending, { kind: 'cut', text: 'the XML ends before its scan does' });
  assert.match(JSON.stringify(of('appended-second-document')?.ending), /"more".* \(line 48, column 1, byte 2428\)/);
  assert.equal(of('not-nmap'), null);
});

test('depth grows with what was asked and what was heard', () => {
  const PORTS = '<scaninfo type="syn" protocol="tcp" services="22"/>';
  assert.equal(inRun('')?.depth, 'presence');
  assert.equal(inRun(PORTS)?.depth, 'ports');
  assert.equal(inRun(PORTS, ' args="nmap -sV 10.0.0.1"')?.depth, 'versions');
  const probed = '<port protocol="tcp" portid="22"><state state="open"/><service name="ssh" method="probed"/></port>';
  const host = `<host><status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/><ports>${probed}</ports></host>`;
  assert.equal(inRun(PORTS + host)?.depth, 'versions');
});

test('ports asked in several goes are put together; of a protocol nobody knows none are claimed', () => {
  const info = (protocol: string, services: string): string => `<scaninfo type="x" protocol="${protocol}" services="${services}"/>`;
  assert.deepEqual(inRun(info('tcp', '22') + info('udp', '53') + info('tcp', '20-22') + info('__proto__', '1'))?.ports, {
    tcp: [[20, 22]],
    udp: [[53, 53]],
  });
});

test('a list of addresses is told from a scan', () => {
  const host = '<host><status state="unknown"/><address addr="10.0.0.1" addrtype="ipv4"/></host>';
  assert.deepEqual([inRun(host)?.listOnly, inRun(host)?.read, inRun('')?.listOnly], [true, 0, false]);
});
