/** The matcher beside Python's own difflib, on pairs that are new each time. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { matchingOpcodes, type Opcode } from '../../src/ndiff/index.ts';
import { needs } from '../needs.ts';

const PROGRAM = fileURLToPath(new URL('./record-matcher.py', import.meta.url));

const few = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 });
/** Around 200 entries, where those that stand everywhere cease to start a match; made of pieces, so that much is common. */
const piece = fc.oneof(
  fc.constantFrom('-', '--', '-a-', 'ab', 'abcdef', '0123456789'),
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop-'), maxLength: 20 }),
);
const many = fc.array(piece, { minLength: 10, maxLength: 90 }).map((pieces) => pieces.join(''));
const changed = fc.tuple(many, fc.array(fc.tuple(fc.nat(400), fc.nat(5), few), { maxLength: 8 })).map(([text, edits]): [string, string] => {
  return [text, edits.reduce((now, [at, gone, come]) => now.slice(0, at) + come.slice(0, 6) + now.slice(at + gone), text)];
});
const pairs = fc.oneof(fc.tuple(few, few), fc.tuple(many, many), changed);

function told({ tag, aStart, aEnd, bStart, bEnd }: Opcode): string {
  const [gone, come] = [aEnd - aStart, bEnd - bStart];
  return tag === 'replace' ? `r${gone}.${come}` : `${tag[0]}${Math.max(gone, come)}`;
}

test('lists are matched as Python matches them', needs('python3'), (t) => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
  t.diagnostic(`SEED=${seed}`);
  const sample = fc.sample(pairs, { numRuns: 1500, seed });
  const results = JSON.parse(
    execFileSync('python3', [PROGRAM, '--live'], { input: JSON.stringify(sample), encoding: 'utf8', maxBuffer: 1 << 26 }),
  );
  for (const [i, [a, b]] of sample.entries()) {
    assert.equal(matchingOpcodes(Array.from(a), Array.from(b)).map(told).join(' '), results[i], `seed ${seed}\n${a}\n${b}`);
  }
});
