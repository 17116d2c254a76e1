import { CLASS, HASH, IN_NAME, SEMICOLON } from './characters.ts';
import { CUT, Malformed, shown } from './fault.ts';

const LOWER_X = 0x78;
const BEYOND = 0x110000;

/** The five names XML knows, each packed into a number, a byte to eight bits. */
const NAMED = new Map(
  [
    ['lt', '<'],
    ['gt', '>'],
    ['amp', '&'],
    ['quot', '"'],
    ['apos', "'"],
  ].map(([name = '', character = '']) => [pack(name), character.charCodeAt(0)] as const),
);

function pack(name: string): number {
  return Array.from(name).reduce((packed, letter) => (packed << 8) | letter.charCodeAt(0), 0);
}

/**
 * The character a reference ("&amp;", "&#xe9;") stands for; `at` is its ampersand. What a number names may still be
 * no XML character: the caller judges. Refuses names XML does not know: no document can define any here.
 */
export function readReference(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) throw CUT;
  return bytes[at + 1] === HASH ? readNumber(bytes, at, end) : readNamed(bytes, at, end);
}

/** Index after the reference's semicolon; only for one that readReference has read. */
export function afterReference(bytes: Uint8Array, at: number): number {
  let i = at;
  while (bytes[i] !== SEMICOLON) i++;
  return i + 1;
}

function readNamed(bytes: Uint8Array, at: number, end: number): number {
  let packed = 0;
  let i = at + 1;
  while (i < end && (CLASS[bytes[i] as number] as number) & IN_NAME) packed = (packed << 8) | (bytes[i++] as number);
  if (i === end) throw CUT;
  if (bytes[i] !== SEMICOLON || i === at + 1) throw new Malformed('reading a reference: "&" is not followed by a name and ";"', at);
  const code = i - at <= 5 ? NAMED.get(packed) : undefined;
  if (code === undefined) {
    const name = String.fromCharCode(...bytes.subarray(at + 1, Math.min(i, at + 60)));
    throw new Malformed(`reading a reference: nothing defines the entity ${shown(name)}`, at);
  }
  return code;
}

function readNumber(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 >= end) throw CUT;
  const hex = bytes[at + 2] === LOWER_X;
  const radix = hex ? 16 : 10;
  const first = hex ? at + 3 : at + 2;
  let code = 0;
  let i = first;
  for (; i < end; i++) {
    const digit = digitOf(bytes[i] as number, radix);
    if (digit < 0) break;
    code = Math.min(code * radix + digit, BEYOND);
  }
  if (i === end) throw CUT;
  if (i === first || bytes[i] !== SEMICOLON) throw new Malformed('reading a reference: "&#" is not followed by a number and ";"', at);
  return code;
}

function digitOf(byte: number, radix: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return radix === 16 && letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
