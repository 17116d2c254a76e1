import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, observed, reportOf } from '../../../test/probes/fake-prober.ts';
import { coverageText, rangesOf, type ScanReport } from '../../core/index.ts';
import type { Reach } from '../vantage/parts.ts';
import { joinReports, type Piece } from './join-reports.ts';

interface How {
  readonly reach?: Reach;
  readonly iface?: string | null;
  readonly tool?: string;
  readonly but?: Partial<ScanReport>;
}

const piece = (address: string, { reach = 'attached', iface = 'va', tool = 'arp-scan', but = {} }: How = {}): Piece => ({
  reach,
  report: { ...reportOf({ addresses: rangesOf([address]), iface }, tool), observations: [observed(address, null)], ...but },
});
const RAW = new Uint8Array([1]);

test('one report has the coverage, observations and commands of all, in their order', () => {
  const joined = joinReports([piece('10.77.0.9'), piece('10.99.0.9', { reach: 'routed', tool: 'nmap' })]);
  assert.deepEqual([joined.outcome, joined.cause], ['complete', null]);
  assert.deepEqual(coverageText(joined.coverage).addresses, ['10.77.0.9', '10.99.0.9']);
  assert.deepEqual(
    joined.observations.map(({ address }) => address),
    ['10.77.0.9', '10.99.0.9'],
  );
  assert.deepEqual(joined.commands, [['/usr/bin/arp-scan'], ['/usr/bin/nmap']]);
  assert.deepEqual(joined.tool, { name: 'arp-scan + nmap', version: '1.0 + 1.0' });
});

test('a tool that ran twice is named once, one that did not run only when none did', () => {
  const missing = { but: failing('tool-missing', 'arp-scan is not installed') };
  assert.equal(joinReports([piece('10.77.0.9', { tool: 'nmap' }), piece('10.78.0.9', { tool: 'nmap' })]).tool.name, 'nmap');
  assert.equal(joinReports([piece('10.77.0.9', missing), piece('10.78.0.9', { tool: 'nmap' })]).tool.name, 'nmap');
  assert.equal(joinReports([piece('10.77.0.9', missing)]).tool.name, 'arp-scan');
});

test('R7: a piece that failed covers nothing, takes nothing from the others, and its cause is told', () => {
  const dead = piece('10.77.0.9', { but: failing('no-carrier', 'interface va has no carrier') });
  const joined = joinReports([dead, piece('10.78.0.9', { iface: 'vb' })]);
  assert.deepEqual([joined.outcome, joined.cause?.code], ['partial', 'no-carrier']);
  assert.deepEqual(coverageText(joined.coverage).addresses, ['10.78.0.9']);
});

test('our own address makes no dead network half alive', () => {
  const dead = piece('10.77.0.9', { but: failing('no-carrier', 'interface va has no carrier') });
  const joined = joinReports([dead, piece('10.77.0.1', { reach: 'self' })]);
  assert.deepEqual([joined.outcome, joined.observations], ['failed', []]);
});

test('it looked from one interface, unless the pieces that left this machine differ', () => {
  const own = piece('127.0.0.1', { reach: 'self', iface: 'lo' });
  assert.equal(joinReports([own]).vantage.iface, 'lo');
  assert.equal(joinReports([piece('10.77.0.9'), own]).vantage.iface, 'va');
  assert.equal(joinReports([piece('10.77.0.9'), piece('10.78.0.9', { iface: 'vb' })]).vantage.iface, null);
  const modest = piece('10.99.0.9', { but: { vantage: { iface: 'va', privileged: false } } });
  assert.deepEqual(joinReports([piece('10.77.0.9'), modest]).vantage, { iface: 'va', privileged: false });
});

test('the output of one tool is kept, of two none; the same warning is said once', () => {
  const kept = { but: { raw: RAW, warnings: ['the sky is falling'] } };
  assert.equal(joinReports([piece('10.77.0.9', kept), piece('10.78.0.9')]).raw, RAW);
  const two = joinReports([piece('10.77.0.9', kept), piece('10.78.0.9', kept)]);
  assert.deepEqual([two.raw, two.warnings], [null, ['the sky is falling']]);
});
