import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterFaultOf } from './filter-fault.ts';

const refusal = (message: string): Error => Object.assign(new Error(message), { data: { remedy: 'write it like group:iot' } });

test('a filter is taken apart at its bad word', () => {
  const fault = filterFaultOf(
    refusal('reading filter: "colour:red" at column 11: there is no such key\ngroup:iot colour:red x\n          ^^^^^^^^^^'),
  );
  assert.deepEqual(fault, {
    said: '"colour:red" at column 11: there is no such key',
    before: 'group:iot ',
    bad: 'colour:red',
    after: ' x',
    remedy: 'write it like group:iot',
  });
});

test('a mark counts signs, not units of them', () => {
  assert.equal(filterFaultOf(refusal('reading filter: no\n👻👻 a: b\n   ^^'))?.bad, 'a:');
});

test('a fault without a place has words all the same', () => {
  const fault = filterFaultOf(refusal('reading filter: it is longer than 1000 characters'));
  assert.deepEqual([fault?.said, fault?.bad], ['it is longer than 1000 characters', '']);
});

test('other failures are no faults of a filter', () => {
  assert.equal(filterFaultOf(new Error('the network is away')), null);
  assert.equal(filterFaultOf('reading filter: '), null);
});
