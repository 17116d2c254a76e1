import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countAddresses, formatRange, parseTarget } from '../../core/index.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import { candidatesIn, type Hints } from './vast.ts';

const known = (address: string, other: Partial<Neighbour> = {}): Neighbour => ({
  address,
  mac: '02:00:5e:00:00:09',
  iface: 'va',
  state: 'STALE',
  ...other,
});

function rangesOf(block: string) {
  const target = parseTarget(block);
  return target.ok && target.value.kind === 'ranges' ? target.value.ranges : [];
}

const candidates = (block: string, hints: Partial<Hints>): string[] =>
  candidatesIn(rangesOf(block), 'va', { known: [], expected: [], ...hints }).map(formatRange);

test('asked are those expected and those the kernel knows on this interface, inside the network only', () => {
  const hints = {
    expected: [{ address: 'fd77::9' }, { address: 'fd99::9' }, { address: '10.77.0.9' }, { address: 'nonsense' }],
    known: [known('fd77::7'), known('fd99::7'), known('fd77::8', { iface: 'vb' }), known('fd77::6', { mac: null, state: 'FAILED' })],
  };
  assert.deepEqual(candidates('fd77::/64', hints), ['fd77::7', 'fd77::9']);
});

test('a link-local neighbour stands for the address the same card would have in the network asked', () => {
  assert.deepEqual(candidates('fd77::/64', { known: [known('fe80::5eff:fe00:5309')] }), ['fd77::5eff:fe00:5309']);
  assert.deepEqual(candidates('fd77::/64', { expected: [{ address: 'fe80::1' }] }), ['fd77::1']);
  assert.deepEqual(candidates('fe80::/64', { expected: [{ address: 'fe80::1' }] }), ['fe80::1'], 'the link itself');
  assert.deepEqual(candidates('fd77::/112', { expected: [{ address: 'fe80::5eff:fe00:5309' }] }), [], 'not where the network is smaller');
});

test('nobody is asked without a hint', () => {
  assert.deepEqual(candidates('fd77::/64', {}), []);
});

test('S7: a neighbour that invents addresses gets no more than 2048 of them asked, and those expected come first', () => {
  const invented = Array.from({ length: 5000 }, (_, i) => known(`fd77::1:${i.toString(16)}`));
  const asked = candidatesIn(rangesOf('fd77::/64'), 'va', { known: invented, expected: [{ address: 'fd77::9' }] });
  assert.equal(countAddresses(asked), 2048n);
  assert.equal(formatRange(asked[0] as (typeof asked)[number]), 'fd77::9');
});
