import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { matchingOpcodes, type Opcode } from './matcher.ts';

/** A list from a text, each character an entry. */
const list = (text: string): string[] => Array.from(text);

function told({ tag, aStart, aEnd, bStart, bEnd }: Opcode): string {
  const [gone, come] = [aEnd - aStart, bEnd - bStart];
  return tag === 'replace' ? `r${gone}.${come}` : `${tag[0]}${Math.max(gone, come)}`;
}

const match = (a: string, b: string): string => matchingOpcodes(list(a), list(b)).map(told).join(' ');

test('every recorded pair is matched as Python matches it', () => {
  const recorded = JSON.parse(readFileSync(new URL('../../test/ndiff/fixtures/matcher.json', import.meta.url), 'utf8'));
  assert.ok(recorded.length > 600);
  for (const [a, b, opcodes] of recorded) assert.equal(match(a, b), opcodes, `${a}\n${b}`);
});

test('the longest run decides, not the most entries kept', () => {
  assert.equal(match('axbxcxdyyy', 'yyyabcd'), 'd7 e3 i4');
});

test('of runs as long the first in a is taken, then the first in b', () => {
  assert.equal(match('xaya', 'aza'), 'd1 e1 r1.1 e1');
  assert.equal(match('ab', 'ba'), 'i1 e1 d1');
  assert.equal(match('a', 'aaa'), 'e1 i2');
});

test('equal lists are kept whole, empty ones need nothing', () => {
  assert.equal(match('', ''), '');
  assert.equal(match('aba', 'aba'), 'e3');
  assert.equal(match('', 'ab'), 'i2');
  assert.equal(match('ab', ''), 'd2');
});

test('in a list of 200 entries those that stand in more than one of a hundred places start no match', () => {
  const others = (count: number): string => Array.from({ length: count }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
  assert.equal(match('-', `${others(195)}----`), 'i195 e1 i3', 'a list of 199 is short');
  assert.equal(match('-', `${others(196)}----`), 'r1.200', 'four of 200 are one too many');
  assert.equal(match('-', `${others(197)}---`), 'i197 e1 i2', 'three are not');
  assert.equal(match('-', `${others(295)}----`), 'r1.299');
  assert.equal(match('-', `${others(296)}----`), 'i296 e1 i3', 'of 300, four may');
  assert.equal(match(`${others(296)}----`, '-'), 'd296 e1 d3', 'only the second list counts');
});

test('entries that start no match still lengthen one, and may stand at the very beginning', () => {
  const dashes = '-'.repeat(200);
  assert.equal(match(`x${dashes}`, `y${dashes}`), 'r201.201');
  assert.equal(match(`${dashes}x`, `${dashes}y`), 'e200 r1.1');
  assert.equal(match(`a${dashes}x`, `ba${dashes}y`), 'i1 e201 r1.1');
});

test('long lists made to be slow are matched in a moment', () => {
  const entries = (count: number, entry: (i: number) => unknown): string[] => Array.from({ length: count }, (_, i) => `${entry(i)}`);
  const started = performance.now();
  const everywhere = matchingOpcodes(
    entries(5000, () => '-'),
    entries(5001, () => '-'),
  );
  assert.deepEqual(everywhere.map(told), ['e5000', 'i1']);
  const alternating = matchingOpcodes(
    entries(16_000, (i) => (i % 2 ? i : '-')),
    entries(16_000, (i) => (i % 2 ? -i : i % 90)),
  );
  assert.ok(alternating.length > 0);
  // Each entry in as many places as still may start a match, in turn and in reverse.
  matchingOpcodes(
    entries(16_000, (i) => i % 100),
    entries(16_000, (i) => 99 - (i % 100)),
  );
  assert.ok(performance.now() - started < 5000, 'Python itself would take hours');
});
