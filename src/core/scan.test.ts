import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { covering } from '../../test/make/device.ts';
import { type AddressRange, type AddressValue, mergeRanges, parseAddress } from './address.ts';
import { Fault, orFault } from './fault.ts';
import { depthOf, PLAN_NAMES, PLANS } from './plan.ts';
import { type Coverage, coverageFromText, coverageText, coversAddress, evenly, NO_COVERAGE, portsAskedAt } from './scan.ts';
import { parseTarget } from './target.ts';

const at = (text: string): AddressValue => parseAddress(text) as AddressValue;

test('a scan covers the addresses and ports it asked, and nothing without being told', () => {
  const coverage = covering(['10.0.0.0/24', 'fd00::1'], '22,80-90');
  for (const text of ['10.0.0.0', '10.0.0.255', 'fd00::1']) assert.ok(coversAddress(coverage, at(text)), text);
  for (const text of ['10.0.1.0', '9.255.255.255', 'fd00::2', '::a00:1']) assert.ok(!coversAddress(coverage, at(text)), text);
  assert.deepEqual(portsAskedAt(coverage, at('10.0.0.1')), coverage.ports);
  assert.ok(!coversAddress(NO_COVERAGE, at('10.0.0.1')));
});

test('coverage reads back from its text, which is plain JSON', () => {
  const range = fc.tuple(fc.constantFrom(4 as const, 6 as const), fc.nat(5000), fc.nat(300)).map(([family, first, more]): AddressRange => {
    return { family, first: BigInt(first), last: BigInt(first + more) };
  });
  fc.assert(
    fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
      const coverage: Coverage = { addresses: mergeRanges(ranges), ports: { tcp: [[1, 1000]] }, depth: 'versions', basis: 'inferred' };
      assert.deepEqual(coverageFromText(JSON.parse(JSON.stringify(coverageText(coverage)))), coverage);
    }),
  );
  assert.deepEqual(coverageFromText(coverageText(NO_COVERAGE)), NO_COVERAGE);
});

test('coverage of hosts that were asked different ports says of each what it was asked, also as text', () => {
  const coverage: Coverage = {
    ...covering(['10.0.0.1-10.0.0.9'], '22'),
    apart: [
      { addresses: covering(['10.0.0.1']).addresses, ports: { tcp: [[80, 80]], udp: [[53, 53]] } },
      { addresses: covering(['10.0.0.2-10.0.0.3', '10.0.1.0/24']).addresses, ports: { tcp: [[443, 443]] } },
      { addresses: covering(['10.0.0.3']).addresses, ports: { tcp: [[80, 80]] } },
    ],
  };
  assert.deepEqual(portsAskedAt(coverage, at('10.0.0.1')), { tcp: [[80, 80]], udp: [[53, 53]] });
  assert.deepEqual(portsAskedAt(coverage, at('10.0.0.2')), { tcp: [[443, 443]] });
  const both = [80, 443].map((port) => [port, port]);
  assert.deepEqual(portsAskedAt(coverage, at('10.0.0.3')), { tcp: both }, 'all that any lot was asked');
  assert.deepEqual(portsAskedAt(coverage, at('10.0.0.4')), { tcp: [[22, 22]] });
  assert.deepEqual(coverageFromText(JSON.parse(JSON.stringify(coverageText(coverage)))), coverage);
  const even = evenly(coverage).map((one) => [coverageText(one).addresses, one.ports.tcp, one.apart]);
  assert.deepEqual(even, [
    [['10.0.0.4-10.0.0.9'], [[22, 22]], undefined],
    [['10.0.0.1'], [[80, 80]], undefined],
    [['10.0.0.2/31'], [[443, 443]], undefined],
    [['10.0.0.3'], [[80, 80]], undefined],
  ]);
});

test('coverage that was tampered with covers less, never more', () => {
  const text = { ...coverageText(NO_COVERAGE), addresses: ['0/0', '::/0', 'example.com', '', '10.0.0.1-', '10.0.0.7'] };
  assert.deepEqual(coverageFromText(text).addresses, covering(['10.0.0.7']).addresses);
});

test('every plan says how deep it looks, keeps its name and ends by itself', () => {
  for (const name of PLAN_NAMES) {
    assert.equal(PLANS[name].name, name);
    assert.ok(PLANS[name].budget > (PLANS[name].hostTimeout ?? 0));
  }
  assert.deepEqual(
    PLAN_NAMES.map((name) => depthOf(PLANS[name])),
    ['presence', 'ports', 'versions', 'versions', 'ports'],
  );
});

test('bad input becomes a fault with the reason and its remedy', () => {
  assert.throws(
    () => orFault(parseTarget('10.0.0.9-10.0.0.1')),
    (fault) => {
      assert.ok(fault instanceof Fault);
      assert.deepEqual(
        [fault.code, fault.message, fault.remedy],
        ['bad-input', 'reading target "10.0.0.9-10.0.0.1": it ends before it starts', 'write the lower address first'],
      );
      return true;
    },
  );
  assert.equal(orFault(parseTarget('::1')).text, '::1');
});
