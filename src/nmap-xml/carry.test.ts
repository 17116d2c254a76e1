import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Carry } from './carry.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const room = 1e6;

/** Takes a text piece by piece until it may be over; gives how much was taken and what is held. */
function takeAll(text: string, size: number): { taken: number; held: string } {
  const carry = new Carry();
  let taken = 0;
  while (taken < text.length && !carry.mayEnd) {
    const piece = encode(text.slice(taken, taken + size));
    taken += carry.take(piece, 0, room);
  }
  return { taken, held: Buffer.from(carry.bytes.subarray(0, carry.length)).toString() };
}

describe('what is carried over', () => {
  for (const [unit, rest] of [
    ['<a>', 'x<b>'],
    ['<a b=">" c=\'>"\'/>', '>'],
    ['</a  >', '>'],
    ['text ]]> "quoted" \'<', 'a>'],
    ['<!-- > -> -- > -->', '-->'],
    ['<![CDATA[ ]> ]] > ]]>', ']]>'],
    ['<?a > "? >" ?>', '?>'],
    ['<!DOCTYPE a SYSTEM ">" >', '>'],
  ] as const)
    it(`ends where the unit ends, in pieces of any size: ${unit}`, () => {
      for (let size = 1; size <= unit.length + rest.length; size++)
        assert.deepEqual(takeAll(unit + rest, size), { taken: unit.length, held: unit }, `pieces of ${size}`);
    });

  it('goes on when an end was none', () => {
    const carry = new Carry();
    const bytes = encode('<!--> -->');
    const first = carry.take(bytes, 0, room);
    assert.deepEqual([first, carry.mayEnd], [5, true]);
    assert.deepEqual([carry.take(bytes, first, room), carry.mayEnd, carry.length], [9, true, 9]);
  });

  it('takes no more than there is room for', () => {
    const carry = new Carry();
    assert.deepEqual([carry.take(encode('<aaaaaaaa>'), 0, 4), carry.mayEnd, carry.length], [4, false, 4]);
  });

  it('grows as needed and starts anew when cleared', () => {
    const carry = new Carry();
    const long = `<a b="${'x'.repeat(100_000)}`;
    for (let i = 0; i < long.length; i += 1000) carry.take(encode(long.slice(i, i + 1000)), 0, room);
    assert.equal(Buffer.from(carry.bytes.subarray(0, carry.length)).toString(), long);
    carry.clear();
    assert.deepEqual([carry.take(encode('text<'), 0, room), carry.mayEnd, carry.length], [5, true, 5]);
  });
});
