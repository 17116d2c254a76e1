import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createCsvReader } from './csv.ts';
import { LONGEST_CELL } from './limits.ts';

function rowsOf(text: string, chunk: number = 1 << 16): { rows: string[][]; lines: number[]; whole: boolean } {
  const [rows, lines]: [string[][], number[]] = [[], []];
  const reader = createCsvReader({
    row(cells, line) {
      rows.push([...cells]);
      lines.push(line);
    },
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) reader.write(bytes.subarray(at, at + chunk));
  const whole = reader.end();
  return { rows, lines, whole };
}

const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', 'ü', '=', ' '), maxLength: 8 });

test('whatever cells hold, and however the bytes are cut, they come back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 20 }),
      (table, chunk) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = [['"h"', '"i"'], ...table.map((row) => row.map(quoted))].map((row) => row.join(',')).join('\r\n');
        const { rows, whole } = rowsOf(text, chunk);
        assert.deepEqual(rows.slice(1), table);
        assert.ok(whole);
      },
    ),
    { numRuns: 500 },
  );
});

test('commas, semicolons and tabs part cells, whichever the heading has', () => {
  for (const mark of [',', ';', '\t'])
    assert.deepEqual(rowsOf(`a${mark}b\n1${mark}2\n`).rows, [
      ['a', 'b'],
      ['1', '2'],
    ]);
  assert.deepEqual(rowsOf('a;b\n1,5;2\n').rows[1], ['1,5', '2']);
});

test('a quote inside of a cell is a quote, and rows are told by the line they begin in', () => {
  const { rows, lines } = rowsOf('a,b\n5" disk,"two\nlines"\n\nlast,""\n');
  assert.deepEqual(rows.slice(1), [
    ['5" disk', 'two\nlines'],
    ['last', ''],
  ]);
  assert.deepEqual(lines, [1, 2, 5]);
});

test('a cell without end is capped, a quote without end is told', () => {
  const { rows, whole } = rowsOf(`a,b\n${'x'.repeat(1_000_000)},y\n`);
  assert.deepEqual([rows[1]?.[0]?.length, rows[1]?.[1], whole], [LONGEST_CELL, 'y', true]);
  assert.equal(rowsOf('a,b\n"x,y\n').whole, false);
  assert.equal(rowsOf(`a,b\n${'x,'.repeat(100_000)}\n`).rows[1]?.length, 256);
});
