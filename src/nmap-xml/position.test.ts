import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Position } from './position.ts';

describe('a position', () => {
  it('starts at the first column of the first line', () => {
    const { offset, line, column } = new Position();
    assert.deepEqual([offset, line, column], [0, 1, 1]);
  });

  it('is the same in how many steps ever it was reached', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '\r', 'é'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(80), { maxLength: 5 }), (document, cuts) => {
        const bytes = new TextEncoder().encode(document);
        const position = new Position();
        const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
        let from = 0;
        for (const to of places) {
          position.advance(bytes, from, to);
          from = to;
        }
        const before = Buffer.from(bytes).lastIndexOf('\n') + 1;
        const lines = document.split('\n').length;
        assert.deepEqual([position.offset, position.line, position.column], [bytes.length, lines, bytes.length - before + 1]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not count line ends beyond where it stands', () => {
    const position = new Position();
    position.advance(new TextEncoder().encode('ab\ncd\n'), 1, 2);
    assert.deepEqual([position.offset, position.line, position.column], [1, 1, 2]);
  });
});
