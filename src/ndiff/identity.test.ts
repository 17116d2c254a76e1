import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, host } from '../../test/make/ndiff.ts';
import { compareAddresses, compareIds, idOf } from './identity.ts';
import type { NdiffHost } from './scan.ts';

const id = (one: NdiffHost): string => idOf(one.addresses, one.hostnames) ?? assert.fail('no identity');
const at = (...addresses: string[]): NdiffHost => host({ at: addresses });
const named = (...names: string[]): NdiffHost => host({ at: [], names });
const same = (a: NdiffHost, b: NdiffHost): boolean => compareIds(id(a), id(b)) === 0;

test('hosts are ordered by address as text, not as number', () => {
  const hosts = ['9.0.0.1', '10.0.0.9', '10.0.0.100', '10.0.0.10', '10.0.0.1'];
  const sorted = hosts.toSorted((a, b) => compareIds(id(at(a)), id(at(b))));
  assert.deepEqual(sorted, ['10.0.0.1', '10.0.0.10', '10.0.0.100', '10.0.0.9', '9.0.0.1']);
});

test('an IPv4 address comes before an IPv6 address, that before a MAC, whatever their order in the document', () => {
  assert.ok(same(at('02:00:5e:00:00:01', 'fe80::1', '10.0.0.2', '10.0.0.1'), at('10.0.0.1')));
  assert.ok(same(at('02:00:5e:00:00:01', 'fe80::1'), at('fe80::1')));
  const types = [address('9', 'mac'), address('9', 'ipv6'), address('9', 'ipv4'), address('1', 'mac')];
  assert.deepEqual(
    types.toSorted(compareAddresses).map(({ type, text }) => `${type} ${text}`),
    ['ipv4 9', 'ipv6 9', 'mac 1', 'mac 9'],
  );
});

test('the first name of a host is part of its identity, the others are not', () => {
  const bare = host({ names: [] });
  assert.ok(!same(host({ names: ['b'] }), bare), 'a first name makes another host');
  assert.ok(same(host({ names: ['b', 'a'] }), host({ names: ['a', 'c'] })));
  assert.ok(!same(host({ names: ['b', 'a'] }), host({ names: ['b'] })));
});

test('a MAC address that comes or goes leaves the host the same', () => {
  assert.ok(same(at('10.0.0.1', '02:00:5e:00:00:01'), at('10.0.0.1')));
});

test('letters are not folded', () => {
  assert.ok(!same(named('Printer'), named('printer')));
  assert.ok(compareIds(id(named('Printer')), id(named('aaa'))) < 0);
});

test('names above U+FFFF come after all others', () => {
  assert.ok(compareIds(id(named('\uffee')), id(named('\u{1f600}'))) < 0);
});

test('the address takes forty characters, so a name begins behind spaces', () => {
  assert.ok(compareIds(id(host({ names: ['z'] })), id(at('10.0.0.10'))) < 0);
  assert.ok(compareIds(id(at('10.0.0.1\t')), id(at('10.0.0.1'))) < 0, 'a tab is less than a space');
  assert.ok(same(at('10.0.0.1 '), at('10.0.0.1')));
  assert.ok(!same(at('x'.repeat(40)), at('x'.repeat(39))));
  assert.ok(same(at(`${'x'.repeat(40)}y`), host({ at: ['x'.repeat(40)], names: ['y'] })), 'a longer one runs into the name');
  const wide = '\u{1f600}'.repeat(39);
  assert.ok(same(host({ at: [`${wide} `], names: ['y'] }), host({ at: [wide], names: ['y'] })), 'characters, not units');
});

test('an empty address and an empty name make the same identity', () => {
  assert.ok(same(at(''), named('')));
});

test('a host with neither address nor name has no identity', () => {
  assert.equal(idOf([], []), null);
});
