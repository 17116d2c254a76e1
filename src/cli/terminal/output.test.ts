import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Output } from './output.ts';

function output(options: { tty?: boolean; quiet?: boolean } = {}) {
  const written = { out: '', notes: '' };
  const sink = (name: 'out' | 'notes') => ({
    isTTY: options.tty ?? false,
    write: (text: string) => void (written[name] += text),
    on: () => {},
  });
  const world = { stdout: sink('out'), stderr: sink('notes'), env: {} };
  return { written, out: new Output(world, { json: false, quiet: options.quiet ?? false, verbose: false }) };
}

test('columns are aligned by what the terminal shows, not by code units', () => {
  const { out, written } = output();
  out.table(
    ['A', 'B'],
    [
      ['プリ', '1'],
      ['\u001b', '2'],
      ['x', '3'],
    ],
  );
  assert.equal(written.out, 'A       B\nプリ    1\n\\u{1b}  2\nx       3\n');
});

test('one long cell is cut, so that it does not push the others away; the last one is whole', () => {
  const { out, written } = output();
  out.table(['A', 'B'], [['x'.repeat(255), 'y'.repeat(60)]]);
  assert.equal(written.out, `A${' '.repeat(45)}B\n${'x'.repeat(43)}…  ${'y'.repeat(60)}\n`);
});

test('style wraps the escaped text, so that padding and colours cannot be forged', () => {
  const { out, written } = output({ tty: true });
  out.line({ text: '\u001b[5m', tone: 'bad' }, ' x');
  assert.equal(written.out, '\u001b[31m\\u{1b}[5m\u001b[39m x\n');
});

test('notes go beside the result, and --quiet silences them but no complaint', () => {
  const loud = output();
  loud.out.note('by the way');
  assert.deepEqual(loud.written, { out: '', notes: 'by the way\n' });
  const quiet = output({ quiet: true });
  quiet.out.note('by the way');
  quiet.out.complain('listen');
  assert.deepEqual(quiet.written, { out: '', notes: 'listen\n' });
});

test('a table may have more rows than a call may have arguments', () => {
  const { out, written } = output();
  out.table(
    ['A', 'B'],
    Array.from({ length: 200_000 }, () => ['x', 'y']),
  );
  assert.equal(written.out.length, 200_001 * 'x  y\n'.length);
});
