import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covered, read } from '../../../test/probes/reading.ts';
import { XML } from '../../../test/probes/reports.ts';
import { Fault, type ScanReport } from '../../core/index.ts';

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
