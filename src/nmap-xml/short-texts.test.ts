import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { ShortTexts } from './short-texts.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('short texts', () => {
  it('are what their bytes say, whatever was read before', () => {
    const texts = new ShortTexts();
    const word = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        for (const text of [...words, ...words]) assert.equal(texts.read(encode(`"${text}"`), 1, text.length + 1), text);
      }),
      { numRuns: 500 },
    );
  });

  it('are told apart when far more of them come than are kept', () => {
    const texts = new ShortTexts();
    for (let turn = 0; turn < 2; turn++)
      for (let i = 0; i < 20_000; i++) assert.equal(texts.read(encode(`10.0.${i}`), 0, `10.0.${i}`.length), `10.0.${i}`);
  });

  it('do not change with the bytes they were read from', () => {
    const texts = new ShortTexts();
    const bytes = encode('open');
    const text = texts.read(bytes, 0, 4);
    bytes.fill(0x78);
    assert.deepEqual([text, texts.read(bytes, 0, 4), texts.read(encode('open'), 0, 4)], ['open', 'xxxx', 'open']);
  });
});
