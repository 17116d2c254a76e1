import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CUT, Malformed } from './fault.ts';
import { afterReference, readReference } from './references.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): number => readReference(encode(text), 0, encode(text).length);

describe('a reference', () => {
  for (const [text, character] of [
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&amp;', '&'],
    ['&quot;', '"'],
    ['&apos;', "'"],
    ['&#65;', 'A'],
    ['&#x41;', 'A'],
    ['&#x1F600;', '\u{1f600}'],
    ['&#x1f600;', '\u{1f600}'],
    ['&#00000000000000000000000000000065;', 'A'],
  ] as const)
    it(`stands for a character: ${text}`, () => assert.equal(read(`${text}rest`), character.codePointAt(0)));

  it('may name a number that is no character: the caller judges', () => {
    assert.deepEqual(['&#0;', '&#xD800;', '&#xFFFF;'].map(read), [0, 0xd800, 0xffff]);
    for (const text of ['&#x110000;', '&#1114112;', '&#xffffffffffffffffffff;', `&#${'9'.repeat(400)};`]) assert.ok(read(text) > 0x10ffff);
  });

  for (const text of [
    '&;',
    '& ;',
    '&l t;',
    '&lt ;',
    '&<',
    '&#;',
    '&#x;',
    '&# 65;',
    '&#6 5;',
    '&#-1;',
    '&#1.5;',
    '&#X41;',
    '&#x4g;',
    '&#a;',
    '&1;x',
  ])
    it(`is refused: ${text}`, () => assert.throws(() => read(text), Malformed));

  for (const text of ['&nbsp;', '&LT;', '&l;', '&ltt;', '&aposs;', '&__proto__;', '&constructor;', '&é;', '&\u0000amp;'])
    it(`is refused, as nothing defines it or it is none: ${JSON.stringify(text)}`, () => assert.throws(() => read(text), Malformed));

  it('is told in the fault, cleaned', () => {
    assert.throws(() => read('&xxe;'), { message: 'reading a reference: nothing defines the entity "xxe"' });
  });

  it('that is cut off anywhere is no fault yet', () => {
    for (const text of ['&amp;', '&#65;', '&#x41;', '&nothing;'])
      for (let length = 1; length < text.length; length++)
        assert.throws(
          () => read(text.slice(0, length)),
          (thrown) => thrown === CUT,
        );
  });

  it('ends after its semicolon', () => assert.equal(afterReference(encode('x&#x41;y;'), 1), 7));
});
