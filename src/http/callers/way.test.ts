import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { plainAddress, wayOf } from './way.ts';

const PROXIES = new Set(['10.0.0.1', '10.0.0.2', 'fd00::1']);
const headersOf = (forwarded: Record<string, string>): Headers => new Headers({ host: 'roll.example', ...forwarded });
const through = (forwarded: Record<string, string>, remote = '10.0.0.1') =>
  wayOf(headersOf(forwarded), { remote, encrypted: false }, PROXIES);

suite('S20: how a request came', () => {
  test('whatever a caller writes about itself is ignored, unless a proxy of ours passes it on', () => {
    const word = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('10.0.0.1', '127.0.0.1', 'unknown', '_x', ''));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), fc.constantFrom('https', 'http', ''), (hops, scheme) => {
        const forwarded = { 'x-forwarded-for': hops.join(', '), 'x-forwarded-proto': scheme, 'x-forwarded-host': 'evil.example' };
        assert.deepEqual(through(forwarded, '192.0.2.66'), { from: '192.0.2.66', secure: false, host: 'roll.example' });
      }),
    );
  });

  test('the right-most address that is no proxy of ours counts', () => {
    const from = (list: string): string | null => through({ 'x-forwarded-for': list }).from;
    assert.equal(from('192.0.2.7'), '192.0.2.7');
    assert.equal(from('127.0.0.1, 192.0.2.7'), '192.0.2.7');
    assert.equal(from('127.0.0.1, 192.0.2.7, 10.0.0.2'), '192.0.2.7');
    assert.equal(from('192.0.2.7:4711, [fd00::1]:80'), '192.0.2.7');
    assert.equal(from('[2001:DB8::7]'), '2001:db8::7');
    assert.equal(from('::ffff:192.0.2.7'), '192.0.2.7');
  });

  test('what is no address is nobody: the proxy itself counts, never what stands before', () => {
    for (const list of ['', 'unknown', '192.0.2.7, unknown', '192.0.2.7, _hidden', '192.0.2.7, 10.0.0.2x', '10.0.0.2', '192.0.2.7,'])
      assert.equal(through({ 'x-forwarded-for': list }).from, '10.0.0.1', list);
  });

  test('scheme and name are those the proxy nearest to us says', () => {
    const way = through({ 'x-forwarded-proto': 'http, https', 'x-forwarded-host': 'evil.example, roll.lan' });
    assert.deepEqual([way.secure, way.host], [true, 'roll.lan']);
    assert.equal(through({ 'x-forwarded-proto': 'https, http' }).secure, false);
    assert.deepEqual(through({}), { from: '10.0.0.1', secure: false, host: 'roll.example' });
  });

  test('a proxy that speaks IPv4 over an IPv6 socket is the same proxy', () => {
    assert.equal(through({ 'x-forwarded-for': '192.0.2.7' }, '::ffff:10.0.0.1').from, '192.0.2.7');
    assert.deepEqual(['::FFFF:10.0.0.1', 'FE80::1%eth0', '10.0.0.1', '::ffff:x'].map(plainAddress), [
      '10.0.0.1',
      'fe80::1',
      '10.0.0.1',
      '::ffff:x',
    ]);
  });
});
