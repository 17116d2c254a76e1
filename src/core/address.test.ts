import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import {
  type AddressRange,
  type AddressValue,
  blockRange,
  blocksOf,
  canonicalAddress,
  countAddresses,
  type Family,
  formatAddress,
  formatRange,
  isLinkLocal,
  macInAddress,
  mergeRanges,
  parseAddress,
  rangesHold,
  subtractRanges,
} from './address.ts';
import { parseTarget } from './target.ts';

const MAX = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const;

const family = fc.constantFrom<Family>(4, 6);
/** Values thick with runs of zeros and ones, where formatting and blocks go wrong. */
const groups = fc.array(fc.constantFrom(0n, 0n, 0n, 1n, 0xffn, 0xffffn, 0xabcn), { minLength: 8, maxLength: 8 });
const value = fc.oneof(
  fc.bigInt({ min: 0n, max: MAX[6] }),
  groups.map((parts) => parts.reduce<bigint>((sum, part) => (sum << 16n) | part, 0n)),
);
const address = fc.tuple(family, value).map(([of, any]): AddressValue => ({ family: of, value: any & MAX[of] }));
const range = fc.tuple(family, value, value).map(([of, a, b]): AddressRange => {
  const [x, y] = [a & MAX[of], b & MAX[of]];
  return { family: of, first: x < y ? x : y, last: x < y ? y : x };
});
/** Ranges so close together that they touch, overlap and nest; small enough to try every address. */
const crowded = fc.array(
  fc.tuple(family, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 8 })).map(([of, first, more]): AddressRange => {
    return { family: of, first: BigInt(first), last: BigInt(first + more) };
  }),
  { maxLength: 8 },
);

/** Every address of small ranges, one by one. */
function each(ranges: readonly AddressRange[]): Set<string> {
  const all = new Set<string>();
  for (const { family: of, first, last } of ranges) for (let at = first; at <= last; at++) all.add(`${of} ${at}`);
  return all;
}

function bytesOf({ family: of, value: whole }: AddressValue): number[] {
  const length = of === 4 ? 4 : 16;
  return Array.from({ length }, (_, i) => Number((whole >> BigInt(8 * (length - 1 - i))) & 255n));
}

test('an address reads back from its own text, and ipaddr.js reads the same number', () => {
  fc.assert(
    fc.property(address, (one) => {
      const text = formatAddress(one);
      assert.deepEqual(parseAddress(text), one);
      assert.equal(canonicalAddress(text), text);
      assert.deepEqual(ipaddr.parse(text).toByteArray(), bytesOf(one));
    }),
    { numRuns: 1000 },
  );
});

test('the text of an address is the one that RFC 5952 asks for', () => {
  fc.assert(fc.property(address, (one) => assert.equal(formatAddress(one), ipaddr.fromByteArray(bytesOf(one)).toString())));
  const examples = {
    '2001:DB8:0:0:0:0:0:1': '2001:db8::1',
    '2001:db8:0:1:1:1:1:1': '2001:db8:0:1:1:1:1:1',
    '2001:0:0:1:0:0:0:1': '2001:0:0:1::1',
    '2001:db8:0:0:1:0:0:1': '2001:db8::1:0:0:1',
    '1:2:3:4:5:6:7::': '1:2:3:4:5:6:7:0',
    '::': '::',
    '0:0:0:0:0:0:0:0': '::',
    '::ffff:10.0.0.1': '::ffff:a00:1',
    '0.0.0.0': '0.0.0.0',
    '255.255.255.255': '255.255.255.255',
  };
  for (const [text, canonical] of Object.entries(examples)) assert.equal(canonicalAddress(text), canonical, text);
});

test('S1: what libc, nmap or a browser would reinterpret is no address', () => {
  const hostile = [
    '',
    '1',
    '1.1',
    '0x7f000001',
    '010.0.0.1',
    '10.0.0.01',
    '10.0.0.256',
    '10.0.0',
    '10.0.0.1.',
    '10.0.0.1\n',
    ' 10.0.0.1',
    '١.1.1.1',
  ];
  const colons = [
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    '::1%eth0',
    '[::1]',
    '::g',
    '::1\n',
    '::01.2.3.4',
  ];
  const quads = ['1.2.3.4::', '1:2.3.4.5::1', '::1.2.3.4:5', '::1.2.3', '1.2.3.4:5::', '::1.2.3.4.5', '1:2:3:4:5:6:7:1.2.3.4'];
  for (const text of [...hostile, ...colons, ...quads]) assert.equal(parseAddress(text), undefined, JSON.stringify(text));
});

test('S1: no string is read as another address than ipaddr.js reads it, and none makes the reader throw', () => {
  const scrap = fc.constantFrom(
    '0',
    '1',
    'a',
    'F',
    '::',
    ':',
    '.',
    '10',
    '255',
    '256',
    '08',
    '%',
    '-',
    '1.2.3.4',
    'ffff',
    '12345',
    '\n',
    'x',
  );
  const text = fc.oneof(
    fc.array(scrap, { maxLength: 12 }).map((parts) => parts.join('')),
    address.map(formatAddress),
    fc.string({ unit: 'binary' }),
    fc.string(),
  );
  fc.assert(
    fc.property(text, (any) => {
      const read = parseAddress(any);
      if (!read) return;
      assert.ok(ipaddr.isValid(any), any);
      // ipaddr.js takes the old "::1.2.3.4" for the mapped address ::ffff:1.2.3.4; RFC 4291 keeps the two apart.
      if (!/^::\d+\.\d+\.\d+\.\d+$/.test(any)) assert.deepEqual(ipaddr.parse(any).toByteArray(), bytesOf(read));
    }),
    { numRuns: 1000 },
  );
});

test('an IPv4-compatible address is not the mapped one', () => {
  assert.equal(parseAddress('::1.2.3.4')?.value, 0x01020304n);
  assert.equal(parseAddress('::ffff:1.2.3.4')?.value, 0xffff01020304n);
});

test('every address that ipaddr.js reads from four plain octets or from groups is read here too', () => {
  const octets = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.'));
  const group = fc.constantFrom('0', '1', '00', 'ff', 'FFFF', 'abcde');
  const sides = fc.tuple(fc.array(group, { maxLength: 8 }), fc.array(group, { maxLength: 8 }), fc.boolean());
  const sixes = sides.map(([left, right, short]) => (short ? `${left.join(':')}::${right.join(':')}` : left.join(':')));
  fc.assert(
    fc.property(fc.oneof(octets, sixes), (text) => {
      // ipaddr.js completes "1" and the like, which is what this reader must not do.
      const valid = text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
      assert.equal(parseAddress(text) !== undefined, valid, text);
    }),
    { numRuns: 2000 },
  );
});

test('a block holds what ipaddr.js says it holds, whatever the host bits of its base', () => {
  fc.assert(
    fc.property(address, fc.nat(128), (base, bits) => {
      const prefix = bits % (base.family === 4 ? 33 : 129);
      const { first, last } = blockRange(base, prefix);
      const oracle = base.family === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
      const text = `${formatAddress(base)}/${prefix}`;
      assert.equal(formatAddress({ ...base, value: first }), oracle.networkAddressFromCIDR(text).toString());
      assert.ok(first <= base.value && base.value <= last);
      assert.equal(last - first + 1n, 1n << BigInt((base.family === 4 ? 32 : 128) - prefix));
    }),
  );
});

test('merged ranges hold the same addresses, sorted, apart and as few as can be', () => {
  fc.assert(
    fc.property(crowded, (ranges) => {
      const merged = mergeRanges(ranges);
      assert.deepEqual(each(merged), each(ranges));
      assert.equal(countAddresses(merged), BigInt(each(ranges).size));
      for (const [i, next] of merged.slice(1).entries()) {
        const before = merged[i] as AddressRange;
        assert.ok(before.family < next.family || before.last + 1n < next.first);
      }
      assert.deepEqual(mergeRanges(merged), merged);
    }),
  );
});

test('subtracting ranges takes away exactly their addresses', () => {
  fc.assert(
    fc.property(crowded, crowded, (from, take) => {
      const left = subtractRanges(from, take);
      assert.deepEqual(each(left), each(from).difference(each(take)));
      assert.deepEqual(mergeRanges(left), left);
    }),
  );
});

test('a set of ranges holds an address exactly when one of its ranges does', () => {
  fc.assert(
    fc.property(crowded, fc.tuple(family, fc.integer({ min: 0, max: 60 })), (ranges, [of, at]) => {
      const held = rangesHold(mergeRanges(ranges), { family: of, value: BigInt(at) });
      assert.equal(held, each(ranges).has(`${of} ${at}`));
    }),
  );
});

test('the blocks of a range are disjoint, in order, fill it, and no two neighbours could be one', () => {
  fc.assert(
    fc.property(range, (whole) => {
      const blocks = blocksOf(whole).map((text) => {
        const [base, prefix] = text.split('/') as [string, string?];
        const bits = whole.family === 4 ? 32 : 128;
        return { prefix: Number(prefix ?? bits), ...blockRange(parseAddress(base) as AddressValue, Number(prefix ?? bits)) };
      });
      let next = whole.first;
      for (const block of blocks) {
        assert.equal(block.first, next);
        next = block.last + 1n;
      }
      assert.equal(next, whole.last + 1n);
      for (const [i, right] of blocks.slice(1).entries()) {
        const left = blocks[i] as (typeof blocks)[number];
        const twins = left.prefix === right.prefix && left.first % (2n * (left.last - left.first + 1n)) === 0n;
        assert.ok(!twins, `${formatRange(left)} and ${formatRange(right)} are one block`);
      }
    }),
  );
});

test('the text of a range is a target that names the same range, unless it is every address there is', () => {
  fc.assert(
    fc.property(range, (whole) => {
      const target = parseTarget(formatRange(whole));
      const everything = whole.first === 0n && whole.last === MAX[whole.family];
      assert.equal(target.ok, !everything);
      if (target.ok && target.value.kind === 'ranges') assert.deepEqual(target.value.ranges, [whole]);
    }),
  );
});

test('an address is link-local when it lies in fe80::/10', () => {
  const block = [blockRange({ family: 6, value: 0xfe80n << 112n }, 10)];
  fc.assert(fc.property(address, (one) => assert.equal(isLinkLocal(formatAddress(one)), rangesHold(block, one))));
  for (const text of ['fe80::1', 'febf:ffff::', 'fe9a:1::2']) assert.ok(isLinkLocal(text), text);
  for (const text of ['fec0::1', 'fe7f::1', '::fe80:1', 'fe8::1', '10.0.0.1']) assert.ok(!isLinkLocal(text), text);
});

test('an IPv6 address that was made of a hardware address says which', () => {
  assert.equal(macInAddress('fe80::5eff:fe00:5301'), '02:00:5e:00:53:01');
  assert.equal(macInAddress('2001:db8::211:22ff:fe33:4455'), '00:11:22:33:44:55');
  for (const other of ['fe80::1', 'fe80::211:22fe:ff33:4455', '10.0.255.254', 'nonsense', 'fe80::200:ff:fe00:0'])
    assert.equal(macInAddress(other), undefined, other);
});
