import { AMPERSAND, CLASS, CR, isCharacter, LF, SPACE, STOPS_ALWAYS, TAB } from './characters.ts';
import { afterReference, readReference } from './references.ts';
import { readSequence, sequenceLength } from './utf8.ts';

/** Where bytes stand decides what they mean: values turn line ends and tabs to spaces, literal text and names know no references. */
export type Where = 'value' | 'text' | 'literal' | 'name';

const SLICE = 8192;
const REPLACEMENT = '\ufffd';

/** ASCII bytes as text. TextDecoder is not ours to name here, and for short texts this is as fast. */
export function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i += SLICE)
    text += String.fromCharCode.apply(null, bytes.subarray(i, Math.min(i + SLICE, to)) as unknown as number[]);
  return text;
}

/** Text of bytes the scanner has passed as sound. Characters XML forbids become U+FFFD, but not in names, which are judged afterwards. */
export function decode(bytes: Uint8Array, span: { readonly from: number; readonly to: number }, where: Where): string {
  let text = '';
  let run = span.from;
  let i = span.from;
  while (i < span.to) {
    const byte = bytes[i] as number;
    if (isPlain(byte, where)) {
      i++;
      continue;
    }
    text += ascii(bytes, run, i) + characterAt(bytes, i, where);
    i = run = afterCharacter(bytes, i);
  }
  return text + ascii(bytes, run, i);
}

function isPlain(byte: number, where: Where): boolean {
  if (byte === AMPERSAND) return where !== 'value' && where !== 'text';
  if (byte === LF || byte === TAB) return where !== 'value';
  return byte !== CR && ((CLASS[byte] as number) & STOPS_ALWAYS) === 0;
}

function characterAt(bytes: Uint8Array, at: number, where: Where): string {
  const byte = bytes[at] as number;
  if (byte === LF || byte === TAB || byte === CR) return where === 'value' ? ' ' : '\n';
  if (byte === AMPERSAND) return written(readReference(bytes, at, bytes.length), where);
  return written(byte < 0x80 ? byte : readSequence(bytes, at, bytes.length), where);
}

function written(code: number, where: Where): string {
  return isCharacter(code) || where === 'name' ? String.fromCodePoint(code) : REPLACEMENT;
}

function afterCharacter(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number;
  if (byte === CR) return bytes[at + 1] === LF ? at + 2 : at + 1;
  if (byte === AMPERSAND) return afterReference(bytes, at);
  return byte < SPACE ? at + 1 : at + sequenceLength(readSequence(bytes, at, bytes.length));
}
