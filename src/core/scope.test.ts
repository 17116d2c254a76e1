import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { AT, covering } from '../../test/make/device.ts';
import { type AddressRange, formatAddress } from './address.ts';
import { type Allowance, judgeScope, type ScopeFacts } from './scope.ts';

const ranges = (...texts: string[]): readonly AddressRange[] => covering(texts).addresses;
const facts = (fields: Partial<ScopeFacts> = {}): ScopeFacts => ({ attached: [], allowances: [], now: AT, ...fields });
const allowance = (text: string, until = AT + 1): Allowance => ({ ranges: ranges(text), owner: 'ops', until });

function refusal(texts: readonly string[], given: ScopeFacts = facts()): string {
  const verdict = judgeScope(ranges(...texts), given);
  if (verdict.allowed) return 'allowed';
  assert.ok(verdict.remedy.length > 0);
  return verdict.reason;
}

test('this machine may always be looked at', () => {
  for (const text of ['127.0.0.1', '::1', '127.0.0.0/20']) assert.equal(refusal([text]), 'allowed');
});

test('private and link-local networks may be looked at', () => {
  for (const text of [
    '10.0.0.0/20',
    '172.16.0.0/24',
    '172.31.255.0/24',
    '192.168.1.0/24',
    '169.254.3.0/24',
    'fd00::1',
    'fe80::/116',
    'fc00::-fc00::fff',
  ])
    assert.equal(refusal([text]), 'allowed', text);
});

test('S3: public addresses are refused, also at the very edge of a private network', () => {
  const public_ = [
    '8.8.8.8',
    '1.1.1.0/24',
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '100.64.0.1',
  ];
  const six = ['2001:db8::1', '::2', 'fec0::1', 'fe00::1', '::ffff:a00:1', '64:ff9b::a00:1', '2002:a00:1::'];
  for (const text of [...public_, ...six]) assert.match(refusal([text]), /is neither private nor a network of this machine$/, text);
  assert.match(refusal(['10.0.0.1', '8.8.8.8']), /^8\.8\.8\.8 is neither/);
  assert.match(refusal(['192.168.255.250-192.169.0.5']), /^192\.169\.0\.0-192\.169\.0\.5 is neither/);
});

test('S3: more than a /20 is refused, in one piece, in many, and at the first address too many', () => {
  assert.match(refusal(['10.0.0.0/19']), /holds 8192 addresses, more than 4096/);
  assert.match(refusal(['fd00::/64']), /holds 18446744073709551616 addresses/);
  assert.match(refusal(['127.0.0.0/8']), /more than 4096/);
  assert.match(refusal(['10.0.0.0/20', '10.0.16.0']), /holds 4097/);
  assert.equal(refusal(['10.0.0.0/20', '10.0.0.0/20', '10.0.0.7']), 'allowed', 'overlaps count once');
});

test('a network this machine stands in may be looked at, though it is public; its neighbours may not', () => {
  const attached = facts({ attached: ranges('203.0.113.0/24') });
  assert.equal(refusal(['203.0.113.0/24'], attached), 'allowed');
  assert.match(refusal(['203.0.112.0/23'], attached), /^203\.0\.112\.0\/24 is neither/);
});

test('S3: an allowance opens its own ranges until its day, and nothing else', () => {
  const allowed = facts({ allowances: [allowance('198.51.100.0/24'), allowance('10.0.0.0/16')] });
  assert.equal(refusal(['198.51.100.0/24', '10.0.0.0/16', '10.1.0.0/20'], allowed), 'allowed');
  assert.match(refusal(['198.51.100.0/23'], allowed), /neither private/);
  const until = (moment: number): string => refusal(['198.51.100.7'], facts({ allowances: [allowance('198.51.100.0/24', moment)] }));
  assert.equal(until(AT + 1), 'allowed');
  assert.match(until(AT), /neither private/);
  assert.match(until(AT - 1), /neither private/);
  assert.match(until(Number.NaN), /neither private/);
});

test('S3: addresses no device can have are refused, whoever allows them', () => {
  const never = ['0.0.0.0', '0.1.2.3', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '::', 'ff02::1'];
  for (const text of never) {
    const given = facts({
      attached: ranges(text),
      allowances: [allowance(text), allowance('0.0.0.0/1'), allowance('128.0.0.0/1'), allowance('::/1')],
    });
    assert.match(refusal([text], given), /holds addresses no device can have$/, text);
  }
  assert.match(refusal(['223.255.255.255-224.0.0.0'], facts({ allowances: [allowance('128.0.0.0/1')] })), /no device can have/);
});

test('S3: without attachment or allowance, only what ipaddr.js calls private or local is ever allowed', () => {
  const fine = new Set(['loopback', 'private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat']);
  const near = fc
    .constantFrom(0x0a000000, 0x7f000000, 0xac100000, 0xac200000, 0xc0a80000, 0xa9fe0000, 0xe0000000, 0)
    .chain((start) => fc.integer({ min: -3, max: 3 }).map((off) => (start + off) >>> 0));
  fc.assert(
    fc.property(fc.oneof(near, fc.nat(0xffff_ffff)), (number) => {
      const value = BigInt(number);
      const allowed = judgeScope([{ family: 4, first: value, last: value }], facts()).allowed;
      const kind = ipaddr.parse(formatAddress({ family: 4, value })).range();
      assert.equal(allowed, fine.has(kind) && kind !== 'carrierGradeNat', `${number} ${kind}`);
    }),
    { numRuns: 500 },
  );
});
