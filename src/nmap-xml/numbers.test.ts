import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCount, readNumber, readPort } from './numbers.ts';
import { Warnings } from './warnings.ts';

const NONE = ['', ' 1', '1 ', '-1', '+1', '1e3', '0x10', '1_000', '\u0661', 'NaN', 'Infinity', '.5', '5.', '1'.repeat(16)];

describe('a number as nmap writes it', () => {
  it('is read', () => assert.deepEqual(['0', '007', '1795232700', '99.99', '100.00'].map(readNumber), [0, 7, 1795232700, 99.99, 100]));

  it('is null when it is missing or none', () => {
    for (const text of [null, ...NONE]) assert.equal(readNumber(text), null, JSON.stringify(text));
  });

  it('of things is whole', () => {
    assert.deepEqual(['0', '254', '999999999999999'].map(readCount), [0, 254, 999_999_999_999_999]);
    for (const text of [null, ...NONE, '7.93', '1.0']) assert.equal(readCount(text), null, JSON.stringify(text));
  });

  it('of a port is at most 65535', () => {
    assert.deepEqual(['0', '22', '65535'].map(readPort), [0, 22, 65535]);
    for (const text of [null, ...NONE, '65536', '99999', '100000', '1.0']) assert.equal(readPort(text), null, JSON.stringify(text));
  });
});

describe('warnings', () => {
  it('are listed in order, and only counted beyond a hundred', () => {
    const warnings = new Warnings();
    assert.deepEqual(warnings.list(), []);
    for (let i = 1; i <= 100; i++) warnings.add(`w${i}`);
    assert.deepEqual([warnings.list().length, warnings.list()[0], warnings.list().at(-1)], [100, 'w1', 'w100']);
    warnings.add('one more');
    assert.deepEqual([warnings.list().length, warnings.list().at(-1)], [101, 'and 1 more of the kind']);
  });
});
