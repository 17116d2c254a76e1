import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covered, NOW, read } from '../../../test/probes/reading.ts';
import { PORTS } from '../../../test/probes/reports.ts';

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
