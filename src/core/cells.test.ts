import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvCell, inertCell, plainCell } from './cells.ts';

const CELLS = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', 'a', '\uff1d')).map((signs) => signs.join('')),
);

test('S5: no cell begins as a formula does, whatever stands before the sign', () => {
  for (const text of ['=1+1', '+1', '-1', '@x', '\t=1', '\rx', ' =cmd|x', '\u0000=1', '＝1', "'=1"])
    assert.match(csvCell(text), /^"?'/, JSON.stringify(text));
  assert.deepEqual(['a=1', "o'neil", "'tis", ''].map(inertCell), ['a=1', "o'neil", "'tis", '']);
});

test('what was made inert is the same text again, whatever it was', () => {
  fc.assert(
    fc.property(CELLS, (text) => {
      assert.equal(plainCell(inertCell(text)), text);
    }),
    { numRuns: 2000 },
  );
});
