import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangesOf } from '../../../test/probes/stub.ts';
import { arpScanArgv, type Pace, paceOf } from './argv.ts';

const argv = (pace: Pace, source: string | null = '10.77.0.1'): string[] =>
  arpScanArgv({ iface: 'va', source, ranges: rangesOf('10.77.0.0/24', '10.77.1.2-10.77.1.3'), pace });

test('blocks come after "--", the interface is pinned, the footer stays on', () => {
  const words = argv(paceOf(500, false));
  assert.deepEqual(words.slice(words.indexOf('--')), ['--', '10.77.0.0/24', '10.77.1.2/31']);
  assert.ok(words.includes('--interface=va') && words.includes('--arpspa=10.77.0.1'));
  assert.ok(!words.includes('-x') && !words.includes('--plain'));
  assert.ok(!argv(paceOf(500, false), null).some((word) => word.startsWith('--arpspa')));
});

test('the rate becomes the time between two frames; lifted, it is the least arp-scan takes for one', () => {
  const interval = (rate: number): string | undefined => argv(paceOf(rate, false)).find((word) => word.startsWith('--interval='));
  assert.deepEqual(
    [1, 500, 3000, 1_000_000, 0].map(interval),
    ['1000000u', '2000u', '333u', '1u', '1u'].map((time) => `--interval=${time}`),
  );
});

test('a rate that arithmetic or JSON spoilt becomes a harmless one, never none', () => {
  assert.deepEqual(
    [Number.NaN, Number.POSITIVE_INFINITY, 499.9, -5, 0.4].map((rate) => paceOf(rate, false).rate),
    [500, 500, 499, 500, 1],
  );
});

test('a thorough look is slow, so that a sleeper may wake, and asks more often', () => {
  for (const rate of [0, 500, 1_000_000]) assert.deepEqual(paceOf(rate, true), { rate: 50, tries: 4, patience: 300 });
  assert.equal(paceOf(10, true).rate, 10);
});
