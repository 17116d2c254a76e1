import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Malformed } from './fault.ts';
import { LIMITS } from './limits.ts';
import { Names } from './names.ts';

const passed = (name: string, before = '') => {
  const bytes = Buffer.from(`${before}${name}>`);
  return { bytes, from: Buffer.byteLength(before), at: bytes.length - 1 };
};

describe('names', () => {
  it('have one number each, in order of appearance', () => {
    const names = new Names(LIMITS);
    assert.deepEqual(
      ['host', 'port', 'host', 'é', 'port'].map((name, i) => names.number(passed(name, 'x'.repeat(i)), name.length)),
      [0, 1, 0, 2, 1],
    );
    assert.deepEqual(names.text, ['host', 'port', 'é']);
  });

  it('are told apart though their hashes are the same', () => {
    const names = new Names(LIMITS);
    const all = Array.from({ length: 300 }, (_, i) => `n${i}`);
    const numbers = all.map((name) => names.number(passed(name), 7));
    assert.deepEqual(
      all.map((name) => names.number(passed(name), 7)),
      numbers,
    );
    assert.equal(new Set(numbers).size, 300);
  });

  it('are as many as the limit allows, each found again', () => {
    const names = new Names({ ...LIMITS, names: 5000 });
    const all = Array.from({ length: 5000 }, (_, i) => `n${i}`);
    for (const round of [1, 2])
      for (const [i, name] of all.entries()) assert.equal(names.number(passed(name), i % 7), i, `${name} in round ${round}`);
  });

  it('are known again after their bytes were written over', () => {
    const names = new Names(LIMITS);
    const first = passed('host');
    names.number(first, 1);
    first.bytes.fill(0x20);
    assert.equal(names.number(passed('host'), 1), 0);
  });

  it('are judged when first met', () => {
    const names = new Names(LIMITS);
    for (const text of ['1', 'a\u00d7', '\u00b7', 'a\uffff']) assert.throws(() => names.number(passed(text), 1), Malformed, text);
    assert.deepEqual(names.text, []);
  });

  it('are limited in number; the known ones stay known', () => {
    const names = new Names({ ...LIMITS, names: 3 });
    for (const name of ['a', 'b', 'c']) names.number(passed(name), 5);
    assert.throws(() => names.number(passed('d'), 5), /more than 3 different/);
    assert.equal(names.number(passed('b'), 5), 1);
  });

  it('may be those that objects have by themselves', () => {
    const names = new Names(LIMITS);
    assert.deepEqual(
      ['__proto__', 'constructor', '__proto__'].map((name) => names.number(passed(name), 3)),
      [0, 1, 0],
    );
    assert.deepEqual(names.text, ['__proto__', 'constructor']);
  });
});
