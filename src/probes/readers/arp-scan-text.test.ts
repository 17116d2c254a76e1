import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covered, read } from '../../../test/probes/reading.ts';
import { ARP } from '../../../test/probes/reports.ts';

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
