import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host } from '../../test/make/ndiff.ts';
import { hostName } from './host-name.ts';

const called = (names: string[], at: string[]): string => hostName(host({ names, at }));

test('a host is called by all its names and addresses, in order', () => {
  assert.equal(
    called(['b', 'a'], ['02:00:5e:00:00:01', 'fe80::1', '10.0.0.9', '10.0.0.10']),
    'a, b (10.0.0.10, 10.0.0.9, fe80::1, 02:00:5e:00:00:01)',
  );
});

test('what is missing is left out', () => {
  assert.equal(called([], ['10.0.0.1']), '10.0.0.1');
  assert.equal(called(['a'], []), 'a');
  assert.equal(called([], []), '<no name>');
});

test('what is empty counts as missing, but not beside others', () => {
  assert.equal(called([''], ['']), '<no name>');
  assert.equal(called([''], ['10.0.0.1']), '10.0.0.1');
  assert.equal(called(['', 'b'], ['', '1']), ', b (, 1)');
});
