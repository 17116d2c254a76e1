import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { covering, seen } from '../../../test/make/device.ts';
import { formatRange, type LookOrder, PLANS, type ScanReport } from '../../core/index.ts';
import { joined } from './join-looks.ts';

const report = (block: string, ports: string, more: Partial<ScanReport> = {}): ScanReport => ({
  startedAt: 1,
  finishedAt: 2,
  outcome: 'complete',
  cause: null,
  coverage: { ...covering([block], ports), depth: 'ports' },
  vantage: { iface: 'eth0', privileged: true },
  tool: { name: 'nmap', version: '7.93' },
  commands: [['nmap', block]],
  observations: [seen(block.split('/')[0] as string)],
  asked: 1,
  warnings: [],
  raw: zstdCompressSync(`<${block}>`),
  ...more,
});
const order: LookOrder = { plan: PLANS.ports, addresses: [], iface: null };
const usual = report('10.0.0.0/25', '1-1000');
const gentle = report('10.0.0.200', '80,443');

test('each is covered by just what it was asked, and what was printed reads on as one', () => {
  const both = joined([usual, gentle], [order, order]);
  assert.equal(both.outcome, 'complete');
  assert.deepEqual(both.coverage.addresses.map(formatRange), ['10.0.0.0/25', '10.0.0.200']);
  assert.deepEqual(both.coverage.ports, usual.coverage.ports);
  assert.deepEqual(both.coverage.apart, [{ addresses: gentle.coverage.addresses, ports: gentle.coverage.ports }]);
  assert.deepEqual([both.observations.length, both.commands.length, both.asked], [2, 2, 2]);
  assert.equal(zstdDecompressSync(both.raw as Uint8Array).toString(), '<10.0.0.0/25><10.0.0.200>');
});

test('where one was asked less deeply it was only seen', () => {
  const both = joined([{ ...usual, coverage: { ...usual.coverage, depth: 'versions' } }, gentle], [order, order]);
  assert.deepEqual(both.coverage.addresses.map(formatRange), ['10.0.0.0/25']);
  assert.equal(both.observations.length, 2);
});

test('half of it that failed makes the whole partial, and covers nothing', () => {
  const failed = report('10.0.0.200', '80', { outcome: 'failed', cause: { code: 'no-carrier', text: 'out' }, observations: [], raw: null });
  const half = joined([usual, failed], [order, order]);
  assert.deepEqual([half.outcome, half.cause?.code, half.raw], ['partial', 'no-carrier', null]);
  assert.deepEqual(half.coverage, usual.coverage);
  assert.equal(joined([failed, failed], [order, order]).outcome, 'failed');
  assert.equal(joined([usual, { ...gentle, outcome: 'cancelled' }], [order, order]).outcome, 'cancelled');
});

test('a second half for which no time was left is missing, not forgotten', () => {
  const cut = joined([usual], [order, order]);
  assert.deepEqual([cut.outcome, cut.cause?.code], ['partial', 'over-budget']);
  assert.equal(joined([usual], [order]), usual);
});
