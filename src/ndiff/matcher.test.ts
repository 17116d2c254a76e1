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

/** What the matcher does with lists as long as it can bear. */
function seconds(act: () => void): number {
  const from = performance.now();
  act();
  return (performance.now() - from) / 1000;
}

test('every recorded pair is matched as Python matches it', () => {
  const recorded = JSON.parse(readFileSync(new URL('../../test/ndiff/fixtures/matcher.json', import.meta.url), 'utf8'));
  assert.ok(recorded.length > 600);
  for (const [a, b, opcodes] of recorded) assert.equal(match(a, b), opcodes, `${a}\n${b}`);
});
