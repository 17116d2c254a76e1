import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pcapOf } from '../../../test/capture/frames.ts';
import { createPcapReader } from './pcap.ts';

const FRAMES = [Buffer.from('one frame'), Buffer.alloc(1522, 7), Buffer.alloc(0), Buffer.from('last')];

function readAll(pieces: readonly Uint8Array[]): { frames: string[]; stamps: number[]; sound: boolean[] } {
  const frames: string[] = [];
  const stamps: number[] = [];
  const reader = createPcapReader((frame, stamp) => {
    frames.push(Buffer.from(frame).toString('hex'));
    stamps.push(stamp);
  });
  return { sound: pieces.map((piece) => reader.write(piece)), frames, stamps };
}

const WANTED = FRAMES.map((frame) => frame.toString('hex'));

for (const little of [true, false])
  for (const nano of [true, false])
    test(`frames and stamps are read, ${little ? 'little' : 'big'} end first, in ${nano ? 'nano' : 'micro'}seconds`, () => {
      const { frames, stamps, sound } = readAll([pcapOf(FRAMES, { little, nano, stamp: 1_700_000_000.25 })]);
      assert.deepEqual([frames, sound], [WANTED, [true]]);
      assert.deepEqual(new Set(stamps), new Set([1_700_000_000_250]));
    });

test('wherever the stream is cut into pieces, the same frames come out', () => {
  const whole = pcapOf(FRAMES);
  const cuts = fc.array(fc.nat(whole.length), { maxLength: 12 });
  fc.assert(
    fc.property(cuts, (places) => {
      const ends = [0, ...places.sort((a, b) => a - b), whole.length];
      const pieces = ends.slice(1).map((end, i) => whole.subarray(ends[i], end));
      const { frames, sound } = readAll(pieces);
      assert.deepEqual(frames, WANTED);
      assert.ok(sound.every(Boolean));
    }),
  );
});

test('one octet at a time, too', () => {
  const pieces = Array.from(pcapOf(FRAMES), (octet) => Uint8Array.of(octet));
  assert.deepEqual(readAll(pieces).frames, WANTED);
});

test('a record cut off at the end is waited for and never told', () => {
  const whole = pcapOf(FRAMES);
  assert.deepEqual(readAll([whole.subarray(0, -1)]).frames, WANTED.slice(0, -1));
});

test('what is no capture of Ethernet is refused, and so is all after it', () => {
  for (const head of [Buffer.alloc(24), Buffer.from('tcpdump: something went wrong'), pcapOf([], { link: 113 })]) {
    const { sound, frames } = readAll([head, pcapOf(FRAMES)]);
    assert.deepEqual([sound, frames], [[false, false], []]);
  }
});

test('an absurd length ends the reading: nothing after it can be trusted', () => {
  for (const [at, value] of [
    [8, 0xffffffff],
    [8, 65_537],
    [12, 3],
  ] as const) {
    const bytes = pcapOf(FRAMES);
    bytes.writeUInt32LE(value, 24 + at);
    const { sound, frames } = readAll([bytes, pcapOf(FRAMES)]);
    assert.deepEqual([sound, frames], [[false, false], []]);
  }
});
