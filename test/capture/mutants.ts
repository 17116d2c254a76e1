/** Frames damaged by seed and number: the same ones for the same pair. */

import type { FrameReading } from '../../src/probes/capture/frame-seen.ts';
import { readFrame } from '../../src/probes/capture/read-frame.ts';
import { originals } from './originals.ts';

const ORIGINALS = originals();
const LONGEST = 1522;

/** mulberry32: small, and good enough to break things with. */
function diceOf(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

type Damage = (frame: Buffer, dice: (sides: number) => number) => Buffer;

/** Numbers that lengths, counts, pointers and types like to be wrong by. */
const TELLING = [0, 1, 3, 4, 12, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xfe, 0xff];

const DAMAGES: readonly Damage[] = [
  (frame, dice) => {
    if (frame.length > 0) frame[dice(frame.length)] = dice(256);
    return frame;
  },
  (frame, dice) => {
    if (frame.length > 0) frame[dice(frame.length)] = TELLING[dice(TELLING.length)] as number;
    return frame;
  },
  (frame, dice) => {
    if (frame.length > 1) frame.writeUInt16BE(dice(2) ? 0xc000 + dice(64) : dice(65_536), dice(frame.length - 1));
    return frame;
  },
  (frame, dice) => frame.subarray(0, dice(frame.length + 1)),
  (frame, dice) => Buffer.concat([frame, Buffer.alloc(dice(64), dice(256))]),
  (frame, dice) => {
    const [from, length] = [dice(frame.length + 1), dice(40)];
    return Buffer.concat([frame.subarray(0, from), frame.subarray(from, from + length), frame.subarray(from)]);
  },
  (frame, dice) => {
    const [from, length] = [dice(frame.length + 1), dice(40)];
    return Buffer.concat([frame.subarray(0, from), frame.subarray(from + length)]);
  },
  (frame, dice) => {
    const other = ORIGINALS[dice(ORIGINALS.length)] as Buffer;
    const at = dice(Math.min(frame.length, other.length) + 1);
    return Buffer.concat([frame.subarray(0, at), other.subarray(at)]);
  },
];

export function mutantOf(seed: number, number: number): Buffer {
  const dice = diceOf(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  let frame: Buffer = Buffer.from(ORIGINALS[dice(ORIGINALS.length)] as Buffer);
  for (let i = 1 + dice(6); i > 0; i--) frame = (DAMAGES[dice(DAMAGES.length)] as Damage)(frame, dice).subarray(0, LONGEST);
  return frame;
}

export interface Tally {
  seen: number;
  passed: number;
  malformed: number;
  /** Longest time that a frame took, in ms, of those that took it twice: a pause of the machine is not the frame's. */
  slowest: number;
}

const GROUP = /^.[13579bdf]:/;
const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
const SLOW_MS = 5;

/** Reads one mutant. Throws when that throws, or says what must not be said. */
export function judgeMutant(seed: number, number: number, tally: Tally): void {
  const frame = mutantOf(seed, number);
  const began = performance.now();
  const reading = readFrame(frame);
  const took = performance.now() - began;
  if (took > SLOW_MS) tally.slowest = Math.max(tally.slowest, secondTime(frame, took));
  if (typeof reading === 'string') tally[reading]++;
  else {
    tally.seen++;
    judgeSeen(reading);
  }
}

function secondTime(frame: Buffer, first: number): number {
  const began = performance.now();
  readFrame(frame);
  return Math.min(first, performance.now() - began);
}

function judgeSeen(reading: Exclude<FrameReading, string>): void {
  const { mac, names, clues, line } = reading;
  const texts = [...names.map(({ name }) => name), ...clues.map(({ value }) => value)];
  const wrong =
    (!/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) || GROUP.test(mac) ? `sender ${mac}` : '') ||
    (texts.find((text) => text === '' || text.length > 255 || INVISIBLE.test(text)) === undefined
      ? ''
      : 'a text that is empty, long or hides something') ||
    (names.length > 16 || clues.length > 24 ? 'too many names or clues' : '') ||
    (/^[\x20-\x7e]{1,200}$/.test(line) ? '' : `line ${line}`);
  if (wrong !== '') throw new Error(`${wrong}: ${JSON.stringify(reading)}`);
}

export const emptyTally = (): Tally => ({ seen: 0, passed: 0, malformed: 0, slowest: 0 });
