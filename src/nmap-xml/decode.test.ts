import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { ascii, decode, type Where } from './decode.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const whole = (text: string, where: Where): string => decode(encode(text), { from: 0, to: encode(text).length }, where);

describe('bytes', () => {
  it('of ASCII become text, however many', () => {
    for (const length of [0, 1, 23, 24, 25, 8191, 8192, 8193, 300_000]) {
      const text = 'abcdefghij'.repeat(Math.ceil(length / 10)).slice(0, length);
      assert.equal(ascii(encode(`<${text}>`), 1, 1 + length), text);
    }
  });

  it('of any text without markup and line ends become that text, wherever they stand', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 50 })
      .map((value) => value.toWellFormed().replace(/[&\u0000-\u001f\ufffe\uffff]/g, ''));
    fc.assert(
      fc.property(text, fc.constantFrom<Where>('value', 'text', 'literal', 'name'), (value, where) =>
        assert.equal(whole(value, where), value),
      ),
      { numRuns: 2000 },
    );
  });

  it('of line ends and tabs become spaces in a value, and line ends in text', () => {
    assert.equal(whole('a\tb\nc\rd\r\ne\n\rf\r\r\n', 'value'), 'a b c d e  f  ');
    assert.equal(whole('a\tb\nc\rd\r\ne\n\rf\r\r\n', 'text'), 'a\tb\nc\nd\ne\n\nf\n\n');
    assert.equal(whole('a\tb\r\nc', 'literal'), 'a\tb\nc');
  });

  it('of references become what they name, unchanged by the rules for what stands there', () => {
    assert.equal(whole('&lt;&#9;&#10;&#13;&amp;lt;', 'value'), '<\t\n\r&lt;');
    assert.equal(whole('&lt;&#9;&#10;&#13;&amp;lt;', 'text'), '<\t\n\r&lt;');
    assert.equal(whole('&lt;&unknown', 'literal'), '&lt;&unknown');
  });

  it('of forbidden characters become U+FFFD, except in names, which are judged by what they hold', () => {
    assert.equal(whole('\u0000a\u001f\uffff&#1;&#xD800;', 'value'), '\ufffda\ufffd\ufffd\ufffd\ufffd');
    assert.equal(whole('a\uffff', 'name'), 'a\uffff');
  });

  it('are taken from the given place only', () => assert.equal(decode(encode('x\r\n&amp;é|y'), { from: 1, to: 10 }, 'text'), '\n&é'));
});
