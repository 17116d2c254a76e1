import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Repeats } from './repeats.ts';

const LF = 0x0a;
const repeats = (slots = 64): Repeats => new Repeats({ slots, longest: 32, until: LF });
/** Something always follows, as what ends with the bytes may not be whole. */
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(`${text}tail`);

/** Asks for the line at a place and keeps it when it is new; whether it was known. */
function meet(known: Repeats, bytes: Uint8Array, at = 0): boolean {
  const slot = known.find(bytes, at, bytes.length);
  if (slot < 0 && known.length > 0) known.keep(bytes, at);
  return slot >= 0;
}

describe('what came before', () => {
  it('is known from the third time on, wherever it stands', () => {
    const known = repeats();
    const bytes = bytesOf('some line\nother');
    assert.deepEqual(
      [0, 0, 0].map((at) => meet(known, bytes, at)),
      [false, false, true],
    );
    assert.equal(known.length, 10);
    for (let shift = 0; shift < 9; shift++) assert.ok(meet(known, bytesOf(`${'-'.repeat(shift)}some line\n`), shift));
  });

  it('is not what differs in one byte, in its length, or in what follows it', () => {
    const known = repeats();
    for (let i = 0; i < 3; i++) meet(known, bytesOf('abcdefgh\n'));
    assert.ok(meet(known, bytesOf('abcdefgh\nxyz')));
    for (const other of ['abcdefgi\n', 'Abcdefgh\n', 'abcdefg\n', 'abcdefghi\n', '\n']) assert.ok(!meet(known, bytesOf(other)), other);
  });

  it('is not what is longer than the longest, or ends with the bytes', () => {
    const known = repeats();
    for (let i = 0; i < 3; i++) assert.ok(!meet(known, bytesOf(`${'x'.repeat(32)}\n`)));
    assert.equal(known.length, 0);
    for (const cut of ['', 'a', 'abcd', 'abcdefgh']) {
      const bytes = bytesOf(cut);
      known.find(bytes, 0, cut.length);
      assert.equal(known.length, 0, cut);
    }
  });

  it('is found by another view of the same memory, and not mistaken when memory is used again', () => {
    const known = repeats();
    const memory = bytesOf('aaaaaaa\nbbbbbbb\n');
    for (let i = 0; i < 3; i++) meet(known, memory.subarray(0, 12));
    assert.ok(meet(known, memory.subarray(0, 12)));
    assert.ok(!meet(known, memory.subarray(8)));
    memory.set(bytesOf('bbbbbbb\n'));
    assert.ok(!meet(known, memory.subarray(0, 12)));
  });

  it('is forgotten once, when a document turns out to be large, and known again as before', () => {
    const known = repeats(1024);
    const few = known.slots;
    assert.ok(few < 1024);
    const turn = (lines: number): number =>
      Array.from({ length: lines }, (_, i) => meet(known, bytesOf(`line ${i}\n`))).filter(Boolean).length;
    for (let i = 0; i < 3; i++) turn(20);
    assert.ok(turn(20) > 10, 'most have a slot of their own');
    assert.equal(known.slots, few);
    turn(600);
    assert.equal(known.slots, 1024);
    for (let i = 0; i < 2; i++) turn(60);
    assert.ok(turn(60) > 40, 'most have a slot of their own');
    turn(600);
    assert.equal(known.slots, 1024);
  });

  it('is never said of anything that did not come, also where a document turns out to be large', () => {
    const known = repeats(512);
    const met = new Set<string>();
    for (let i = 0; i < 5000; i++) {
      const text = `${(i * 7919) % 613}`;
      assert.ok(!meet(known, bytesOf(`${text}\n`)) || met.has(text), text);
      met.add(text);
    }
    assert.equal(known.slots, 512);
  });

  it('is never said of anything that did not come, whatever came', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\u00ff', '"'), maxLength: 9 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const known = repeats(8);
        const met = new Set<string>();
        for (const text of lines) {
          const bytes = bytesOf(`${text}\n`);
          assert.ok(!meet(known, bytes) || met.has(text), JSON.stringify(text));
          assert.ok(known.length === 0 || known.length === bytes.length - 4);
          met.add(text);
        }
      }),
    );
  });
});
