import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { Fault } from '../core/index.ts';
import { Faults, faultFrom, faultsOf } from './faults.ts';

const told = (thrown: unknown): string[] | undefined =>
  faultsOf(thrown)?.map(({ code, message, remedy }) => [code, message, remedy].join('|'));

test('faults of the core are told as they are, one or several', () => {
  const [one, two] = [new Fault('refused', 'a', 'b'), new Fault('conflict', 'c')];
  assert.deepEqual(told(one), ['refused|a|b']);
  assert.deepEqual(told(new Faults([one, two])), ['refused|a|b', 'conflict|c|']);
});

test('a refusal of the contract is told by its code, or as something that cannot be had now', () => {
  const refusal = (code: string, status: number, data: unknown): Error => Object.assign(new Error('m'), { code, status, data });
  assert.deepEqual(told(refusal('not-found', 404, { remedy: 'r' })), ['not-found|m|r']);
  assert.deepEqual(told(refusal('conflict', 409, { remedy: null })), ['conflict|m|']);
  assert.deepEqual(told(refusal('internal', 500, { remedy: 'see the log' })), ['unavailable|m|see the log']);
  assert.deepEqual(told(refusal('BAD_GATEWAY', 502, undefined)), [
    'unavailable|asking the daemon: it answered 502 (m)|look at the end of its log',
  ]);
  assert.equal(faultFrom({ code: 'too-large', message: 'm' }).code, 'unavailable');
});

test('what the system refuses is told with the path and a remedy', () => {
  try {
    statSync('/nowhere/at/all');
    assert.fail('it is there');
  } catch (thrown) {
    assert.deepEqual(told(thrown), ['not-found|stat /nowhere/at/all: there is no such file|check the path']);
  }
});

test('anything else is a bug', () => {
  for (const thrown of [
    new TypeError('x'),
    'text',
    null,
    undefined,
    Object.assign(new Error('x'), { code: 'EWEIRD', path: '/', syscall: 'open' }),
  ])
    assert.equal(told(thrown), undefined);
});
