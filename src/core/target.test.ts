import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HOSTILE_TARGETS, REFUSED_TARGETS } from '../../test/fixtures/hostile-targets.ts';
import { formatAddress } from './address.ts';
import { parseTarget, type TargetSpec, targetSize } from './target.ts';

function read(text: string): TargetSpec {
  const target = parseTarget(text);
  assert.ok(target.ok, target.ok ? '' : target.reason);
  return target.value;
}

/** What must hold for every string there is. */
function refusedOrCanonical(text: string): void {
  const target = parseTarget(text);
  if (!target.ok) {
    assert.match(target.reason, /^reading target[: ]/);
    assert.match(target.reason, /^[ -~]{1,600}$/, 'a reason can be printed anywhere');
    assert.ok(target.remedy.length > 0);
    return;
  }
  const { value } = target;
  assert.match(value.text, /^(?!-)[0-9a-z.:/-]+$/);
  assert.deepEqual(parseTarget(value.text), target);
  if (value.kind === 'hostname') assert.equal(value.hostname, value.text);
  else assert.ok(value.ranges.every((range) => range.first <= range.last));
}

test('S1: more than 500 hostile strings are refused, each with a reason that can be printed and a remedy', () => {
  assert.ok(REFUSED_TARGETS.length >= 500, String(REFUSED_TARGETS.length));
  for (const text of REFUSED_TARGETS) {
    assert.equal(parseTarget(text).ok, false, `accepted ${JSON.stringify(text.slice(0, 80))}`);
    refusedOrCanonical(text);
  }
});

test('S1: a twisted string that is accepted comes out canonical and reads back as itself', () => {
  for (const text of HOSTILE_TARGETS) refusedOrCanonical(text);
});

test('S1: so does every string made of the scraps of targets, and every string at all', () => {
  const scrap = fc.constantFrom(
    '0',
    '1',
    '10.',
    '255',
    '-',
    '--',
    '/',
    '/24',
    ':',
    '::',
    'fe80',
    '.',
    'a',
    'X',
    'lan',
    '0x',
    '10.0.0.1',
    '10.0.0.9',
    '%',
    ',',
    '\n',
    '*',
  );
  const text = fc.oneof(
    fc.array(scrap, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...HOSTILE_TARGETS),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('', '-', '\0', 'a', '.', '1'), (any, end) => refusedOrCanonical(any + end)),
    { numRuns: 1000 },
  );
});

test('a reason quotes no more than it must, and nothing that moves a cursor or turns a line around', () => {
  const target = parseTarget(`\u202e\u009b31m\x1b]0;\ud800${'x'.repeat(10_000)}`);
  assert.ok(!target.ok);
  assert.match(target.reason, /^reading target "\\u202e\\u009b31m\\u001b\]0;\\ud800x+\.\.\.": it holds/);
  assert.ok(target.reason.length < 200);
});

test('addresses, blocks, ranges and host names are read', () => {
  const examples: [string, string, bigint][] = [
    ['127.0.0.1', '127.0.0.1', 1n],
    ['::1', '::1', 1n],
    ['10.0.0.0/24', '10.0.0.0/24', 256n],
    ['10.0.0.5/32', '10.0.0.5', 1n],
    ['fe80::/64', 'fe80::/64', 1n << 64n],
    ['10.0.0.5-20', '10.0.0.5-10.0.0.20', 16n],
    ['10.0.0.250-10.0.1.5', '10.0.0.250-10.0.1.5', 12n],
    ['10.0.0.0-10.0.0.255', '10.0.0.0/24', 256n],
    ['fe80::1-fe80::4', 'fe80::1-fe80::4', 4n],
    ['Printer.LAN', 'printer.lan', 1n],
    ['localhost', 'localhost', 1n],
    ['10-20.lan', '10-20.lan', 1n],
  ];
  for (const [typed, text, size] of examples) {
    assert.equal(read(typed).text, text);
    assert.equal(targetSize(read(typed)), size);
  }
});

test('a refused target says how to write what was probably meant', () => {
  const remedies = {
    '10.0.0.7/24': 'write 10.0.0.0/24',
    'fe80:0:0:0::1': 'write fe80::1',
    '10.0.0.0/33': 'write a prefix from 1 to 32',
    'fe80::/129': 'write a prefix from 1 to 128',
    '10.0.0.9-10.0.0.1': 'write the lower address first',
    '0.0.0.0/0': 'name the network you own',
    '0.0.0.0-255.255.255.255': 'name the network you own',
  };
  for (const [text, remedy] of Object.entries(remedies)) {
    const target = parseTarget(text);
    assert.equal(target.ok ? target.value.text : target.remedy, remedy);
  }
});

test('every rising pair of addresses is a range that names both ends', () => {
  const end = fc.nat(0xffff_ffff).map(BigInt);
  fc.assert(
    fc.property(end, end, (a, b) => {
      const [first, last] = a < b ? [a, b] : [b, a];
      const target = read(`${formatAddress({ family: 4, value: first })}-${formatAddress({ family: 4, value: last })}`);
      assert.deepEqual(target.kind === 'ranges' && target.ranges, [{ family: 4, first, last }]);
    }),
  );
});
