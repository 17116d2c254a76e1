import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { read } from '../../../test/probes/reading.ts';
import { ARP, PORTS, SWEEP, XML } from '../../../test/probes/reports.ts';
import { Fault, type ScanReport } from '../../core/index.ts';

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

test('an upload that comes whole is read in pieces, and others get their turn in between', async () => {
  const end = XML.lastIndexOf('<runstats>');
  const whole = Buffer.from(XML.slice(0, end) + '<!-- nothing -->\n'.repeat(500_000) + XML.slice(end));
  const { observations } = await read(XML);
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  const report = await read(whole, { chunk: whole.length });
  clearImmediate(next);
  assert.deepEqual(report.observations, observations);
  // By turns and not by time: on a busy machine any of them may last.
  assert.ok(turns > 50, `others had ${turns} turns while ${whole.length} bytes were read`);
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
