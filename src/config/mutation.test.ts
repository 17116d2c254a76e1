import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readConfig } from './read-config.ts';

const EVERYTHING = readFileSync(new URL('./fixtures/good/everything.toml', import.meta.url), 'utf8');

/** One slip of the hand: a piece cut out, doubled, overwritten, or a line moved. */
const slip = fc.record({
  kind: fc.constantFrom('cut', 'double', 'write', 'move'),
  at: fc.nat(EVERYTHING.length - 1),
  length: fc.integer({ min: 1, max: 30 }),
  text: fc.oneof(
    fc.constantFrom('"', '[', ']', '=', '\n', '{', '\u0000', '[[', '__proto__', "'''", '#', '9e999', '😀'),
    fc.string({ maxLength: 6 }),
  ),
});

function mutate(text: string, { kind, at, length, text: written }: { kind: string; at: number; length: number; text: string }): string {
  const piece = text.slice(at, at + length);
  if (kind === 'cut') return text.slice(0, at) + text.slice(at + length);
  if (kind === 'double') return text.slice(0, at) + piece + text.slice(at);
  if (kind === 'write') return text.slice(0, at) + written + text.slice(at + length);
  const lines = text.split('\n');
  lines.splice(at % lines.length, 0, ...lines.splice(length % lines.length, 1));
  return lines.join('\n');
}

test('R48: a mutated config is read or refused, and every refusal names a place and a remedy', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 4 }), (slips) => {
      const text = slips.reduce(mutate, EVERYTHING);
      const reading = readConfig(text, 'rollcall.toml');
      if (reading.ok) return;
      refused++;
      const lines = text.split('\n').length;
      for (const { line, path, message, remedy } of reading.faults) {
        assert.ok(line !== null && line >= 1 && line <= lines, `${message} (${path}) has no line in\n${text}`);
        assert.ok(message.startsWith(`rollcall.toml:${line}: reading `), message);
        assert.ok(remedy.length > 0 && remedy !== 'undefined', message);
      }
    }),
    { numRuns: 1000, seed: 48 },
  );
  assert.ok(refused > 500, `only ${refused} of 1000 were refused`);
});

test('R48: text of any kind is never more than refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const reading = readConfig(text, 'f');
      assert.ok(reading.ok || reading.faults[0].line !== null);
    }),
    { numRuns: 500, seed: 48 },
  );
});
