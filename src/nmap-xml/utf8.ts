import { CUT, Malformed } from './fault.ts';

const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function lengthOf(lead: number): number {
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** How many bytes a character outside ASCII takes. */
export function sequenceLength(code: number): number {
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** The character whose UTF-8 sequence of several bytes starts at `at`. Refuses overlong forms, surrogates and strays. */
export function readSequence(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] as number;
  if (lead < 0xc2 || lead > 0xf4) throw notUtf8(lead, at);
  const length = lengthOf(lead);
  let code = lead & (0x7f >> length);
  for (let i = at + 1; i < at + length; i++) {
    if (i >= end) throw CUT;
    const byte = bytes[i] as number;
    if ((byte & 0xc0) !== 0x80) throw notUtf8(lead, at);
    code = (code << 6) | (byte & 0x3f);
  }
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < (SMALLEST[length] as number) || code > 0x10ffff || surrogate) throw notUtf8(lead, at);
  return code;
}

function notUtf8(lead: number, at: number): Malformed {
  return new Malformed(`reading text: the bytes from 0x${lead.toString(16)} on are not UTF-8`, at);
}
