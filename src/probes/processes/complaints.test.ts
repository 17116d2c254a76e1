import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createComplaints } from './complaints.ts';

const collect = (...chunks: string[]) => {
  const complaints = createComplaints();
  for (const chunk of chunks) complaints.write(Buffer.from(chunk));
  return complaints.finish();
};

test('lines are put together across chunks, the last one without an end included', () => {
  assert.deepEqual(collect('WARN', 'ING: a\nWARNING', ': b').complaints, ['WARNING: a', 'WARNING: b']);
});

test('targets without a route are counted, not listed', () => {
  const { complaints, unrouted } = collect(
    Array.from({ length: 256 }, (_, i) => `setup_target: failed to determine route to 10.77.0.${i}\n`).join(''),
  );
  assert.deepEqual([complaints, unrouted], [[], 256]);
});

test('many lines, long lines and repeated lines stay within bounds', () => {
  const { complaints } = collect(Array.from({ length: 100 }, (_, i) => `line ${i} ${'x'.repeat(5000)}\n`).join(''));
  assert.equal(complaints.length, 21);
  assert.equal(complaints.at(-1), 'and 80 more lines');
  assert.ok(complaints.every((line) => line.length <= 300));
  assert.deepEqual(collect('x'.repeat(10_000), 'y'.repeat(10_000)).complaints[0]?.length, 300);
  assert.deepEqual(collect('a\na\n').complaints, ['a', 'and 1 more lines']);
});

test('control characters do not get through', () => {
  assert.deepEqual(collect('\u001b]0;title\u0007red\r\n').complaints, [']0;titlered']);
});
