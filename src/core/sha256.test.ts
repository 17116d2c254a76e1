import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256, shortHash } from './sha256.ts';

const theirs = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

test('every text of bytes has the fingerprint that OpenSSL finds', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    assert.equal(sha256(bytes), theirs(bytes), `${length} bytes`);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      assert.equal(sha256(bytes), theirs(bytes));
    }),
  );
});

test('a text is hashed as UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(shortHash(text), theirs(text.toWellFormed()).slice(0, 16));
    }),
  );
});
