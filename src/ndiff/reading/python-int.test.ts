import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonInt } from './python-int.ts';

test('an integer may have spaces around, a sign, leading zeros and underscores between digits', () => {
  const read = ['22', ' 22 ', '\u00a0+22\n', '-7', '007', '1_000', '00', '0', '-0'].map((text) => Number(pythonInt(text)));
  assert.deepEqual(read.map(Math.abs), [22, 22, 22, 7, 7, 1000, 0, 0, 0]);
  assert.equal(pythonInt('-7'), -7);
});

test('digits of any script count, and stay what they are worth', () => {
  assert.equal(pythonInt('٢٢'), 22);
  assert.equal(pythonInt('१०'), 10);
  assert.equal(pythonInt('𝟗𝟘𝟬𝟶'), 9000, 'rows of digits right behind each other');
});

test('what is no integer is told, not guessed', () => {
  for (const text of ['', ' ', 'x', '2x', '1__0', '_1', '1_', '0x16', '1.0', '1e3', '+-1', '- 1', '½', '\ufeff22'])
    assert.equal(pythonInt(text), undefined, JSON.stringify(text));
});

test('an integer of any size is exact, up to as many digits as Python converts', () => {
  assert.equal(pythonInt('9007199254740993'), 9007199254740993n);
  assert.equal(pythonInt('-99999999999999999999'), -99999999999999999999n);
  assert.equal(pythonInt('0000000000000000000001'), 1);
  assert.equal(pythonInt('9'.repeat(4300)), BigInt('9'.repeat(4300)));
  assert.equal(pythonInt('9'.repeat(4301)), undefined);
});
