import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TEXT_CAP, untrusted, untrustedLines } from './untrusted.ts';

/** Written as numbers, so that this file holds none of them. */
const range = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
const CONTROL = [...range(0x00, 0x1f), ...range(0x7f, 0x9f)];
const BIDI = [...range(0x200e, 0x200f), ...range(0x202a, 0x202e), ...range(0x2066, 0x2069), ...range(0x061c, 0x061c)];
const INVISIBLE = [
  ...[0xad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x200b, 0x200c, 0x200d, 0x3164, 0xfeff, 0xffa0].map((code) =>
    String.fromCodePoint(code),
  ),
  ...range(0x2060, 0x2065),
  ...range(0xfe00, 0xfe0f),
  ...range(0xe0000, 0xe007f),
  ...range(0xe0100, 0xe01ef),
];
const BREAKS = [...range(0x2028, 0x2029), ...range(0xfff9, 0xfffb)];
const UNSAFE = [...CONTROL, ...BIDI, ...INVISIBLE, ...BREAKS];

/** Text of any 16-bit units: good, broken, and rich in what must go. */
const unit = fc.oneof(
  fc.constantFrom(...UNSAFE),
  fc.constantFrom('e', 'A', '\u0301', '\u030a', '\u1100', '\u1161', '\u{1f5a8}', 'm\u00fc', '\ud800', '\udc00', '\udb40', '<', '"', '&'),
  fc.nat(0xffff).map((code) => String.fromCharCode(code)),
);
const anyText = fc.array(unit, { maxLength: 60 }).map((parts) => parts.join(''));

test('S6: control, direction and invisible characters are taken out of one line of text', () => {
  for (const char of UNSAFE) assert.equal(untrusted(`a${char}b`), 'ab', `U+${char.codePointAt(0)?.toString(16)}`);
});

test('S6: the same go out of several lines, but line ends and tabs stay', () => {
  for (const char of UNSAFE) assert.equal(untrustedLines(`a${char}b`), char === '\n' || char === '\t' ? `a${char}b` : 'ab');
  assert.equal(untrustedLines('| a\r\n|\tb\n'), '| a\n|\tb\n');
});

test('S6: whatever comes in, what goes out is whole, normal, harmless, capped, and cleaning again changes nothing', () => {
  const dangerous = new Set(UNSAFE);
  fc.assert(
    fc.property(anyText, fc.constantFrom(1, 5, 255), (text, cap) => {
      const clean = untrusted(text, cap);
      assert.ok(clean.isWellFormed());
      assert.equal(clean.normalize('NFC'), clean);
      assert.ok(![...clean].some((char) => dangerous.has(char)));
      assert.ok(clean.length <= cap);
      assert.equal(untrusted(clean, cap), clean);
      const lines = untrustedLines(text, cap);
      // What a tab kept apart may join into one character when the tab goes.
      assert.equal(lines.replaceAll(/[\n\t]/g, '').normalize('NFC'), untrusted(lines, cap));
    }),
    { numRuns: 2000 },
  );
});

test('S6: half a character is shown as lost, not passed on, and two halves never meet', () => {
  assert.equal(untrusted('a\ud83d'), 'a\ufffd');
  assert.equal(untrusted('\udda8a'), '\ufffda');
  assert.equal(untrusted('\ud83d\u200b\udda8'), '\ufffd\ufffd');
  assert.equal(untrusted('abc\u{1f5a8}', 4), 'abc\ufffd');
});

test('text that people write stays as it is', () => {
  for (const text of [
    'Jörgs iPhone',
    'プリンター',
    'принтер',
    'טלפון',
    'Galaxy S24',
    '\u{1f5a8} kitchen',
    '<b>&"\'',
    '=1+1',
    'a  b',
    '__proto__',
    '${x}',
  ])
    assert.equal(untrusted(text), text);
  assert.equal(untrusted('Cafe\u0301'), 'Caf\u00e9');
});

test('text is capped by what it is, and a huge one costs no time', () => {
  const huge = '\u0301'.repeat(5_000_000);
  const started = performance.now();
  assert.equal(untrusted(huge).length, TEXT_CAP.name);
  assert.equal(untrusted(huge, TEXT_CAP.banner).length, TEXT_CAP.banner);
  assert.equal(untrustedLines(huge).length, TEXT_CAP.script);
  assert.ok(performance.now() - started < 1000);
});
