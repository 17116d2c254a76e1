import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReach } from './reach.ts';

test('an entry of reach is an address, a block, or one port of these', () => {
  const read = (text: string) => {
    const result = parseReach(text);
    assert.ok(result.ok, text);
    return [result.value.range.last - result.value.range.first + 1n, result.value.port, result.value.single];
  };
  assert.deepEqual(read('10.0.0.5'), [1n, null, true]);
  assert.deepEqual(read('192.168.1.0/24'), [256n, null, false]);
  assert.deepEqual(read('127.0.0.1:8080'), [1n, 8080, true]);
  assert.deepEqual(read('10.0.0.5:443'), [1n, 443, true]);
  assert.deepEqual(read('fd00::5'), [1n, null, true]);
  assert.deepEqual(read('[fd00::5]:443'), [1n, 443, true]);
  assert.deepEqual(read('[::1]:8080'), [1n, 8080, true]);
  assert.deepEqual(read('fd00::/64'), [1n << 64n, null, false]);
});

test('what would open more than it says is refused, with a remedy', () => {
  const wrong: Readonly<Record<string, RegExp>> = {
    '127.0.0.1': /opens all of this machine/,
    '127.0.0.0/8': /opens all of this machine/,
    '::1': /opens all of this machine/,
    '0.0.0.0/0': /opens all of this machine/,
    '::/0': /opens all of this machine/,
    '10.0.0.1/24': /bits beyond its block/,
    '127.1:80': /no place/,
    '0x7f000001:80': /no place/,
    localhost: /no place/,
    'localhost:80': /no place/,
    'example.org': /no place/,
    '10.0.0.0/33': /no place/,
    '10.0.0.1:0': /no place/,
    '10.0.0.1:70000': /no place/,
    '10.0.0.1\n': /no place/,
    '*': /no place/,
    '': /no place/,
  };
  for (const [text, reason] of Object.entries(wrong)) {
    const result = parseReach(text);
    assert.ok(!result.ok && reason.test(result.reason) && result.remedy !== '', text);
  }
});
