import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { CUT, Malformed } from './fault.ts';
import { readSequence, sequenceLength } from './utf8.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The one character these bytes are; null when they are none, or more than one. */
function platformReads(bytes: Uint8Array): number | null {
  try {
    const [first, ...more] = decoder.decode(bytes);
    return first !== undefined && more.length === 0 ? (first.codePointAt(0) as number) : null;
  } catch {
    return null;
  }
}

/** The character at the start; null when it is refused or cut off. */
function weRead(bytes: Uint8Array): number | null {
  try {
    const code = readSequence(bytes, 0, bytes.length);
    return sequenceLength(code) === bytes.length ? code : null;
  } catch (thrown) {
    assert.ok(thrown === CUT || thrown instanceof Malformed);
    return null;
  }
}

describe('a UTF-8 sequence', () => {
  it('is read for every character outside ASCII', () => {
    const bytes = new Uint8Array(4);
    const encoder = new TextEncoder();
    for (let code = 0x80; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const { written } = encoder.encodeInto(String.fromCodePoint(code), bytes);
      if (readSequence(bytes, 0, written) !== code || sequenceLength(code) !== written) assert.fail(`U+${code.toString(16)}`);
    }
  });

  it('of two bytes is read or refused as the platform does, all of them', () => {
    for (let lead = 0x80; lead < 0x100; lead++)
      for (let next = 0; next < 0x100; next++) {
        const bytes = Uint8Array.of(lead, next);
        if (weRead(bytes) !== platformReads(bytes)) assert.fail(Array.from(bytes).join(' '));
      }
  });

  it('of three and four bytes is read or refused as the platform does', () => {
    const edge = fc.constantFrom(0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff);
    const lead = fc.constantFrom(0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff, 0x80, 0xc0, 0xc1);
    fc.assert(
      fc.property(lead, fc.array(edge, { minLength: 2, maxLength: 3 }), (first, rest) => {
        const bytes = Uint8Array.of(first, ...rest);
        assert.equal(weRead(bytes), platformReads(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it('that is cut off is no fault yet, but one that is already wrong is', () => {
    for (const part of [[0xc3], [0xe2], [0xe2, 0x82], [0xf0, 0x9f], [0xf0, 0x9f, 0x98]])
      assert.throws(
        () => readSequence(Uint8Array.from(part), 0, part.length),
        (thrown) => thrown === CUT,
      );
    for (const part of [[0x80], [0xc1], [0xe2, 0x41], [0xf0, 0x9f, 0x41], [0xf5]])
      assert.throws(() => readSequence(Uint8Array.from(part), 0, part.length), Malformed);
  });
});
