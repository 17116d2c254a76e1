import { readFileSync } from 'node:fs';

const LOST = '\ufffd';
const ESCAPES = 0xdc00;

/**
 * Words of a command line with every byte they were given: Node turns what is no UTF-8 into U+FFFD, and a file of that
 * name could not be opened. Such bytes stand in the text as Python has them, one lone surrogate each (U+DC80 to U+DCFF).
 */
export function rawWords(words: readonly string[]): readonly string[] {
  if (!words.some((word) => word.includes(LOST))) return words;
  const given = givenWords().slice(-words.length);
  return words.map((word, i) => {
    const bytes = given[i];
    return bytes?.toString() === word ? escaped(bytes) : word;
  });
}

/** The bytes of such a text. */
export function rawBytes(text: string): Buffer {
  const parts = text.split(/([\udc80-\udcff])(?<![\ud800-\udbff]\1)/);
  return Buffer.concat(parts.map((part, i) => (i % 2 === 1 ? Buffer.of(part.charCodeAt(0) - ESCAPES) : Buffer.from(part))));
}

function givenWords(): Buffer[] {
  try {
    const line = readFileSync('/proc/self/cmdline');
    const words: Buffer[] = [];
    for (let from = 0, to = line.indexOf(0); to >= 0; from = to + 1, to = line.indexOf(0, from)) words.push(line.subarray(from, to));
    return words;
  } catch {
    return []; // no such thing here: the words stay as they are
  }
}

function escaped(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => isCharacter(bytes.subarray(at, at + size)));
    text += length === undefined ? String.fromCharCode(ESCAPES + (bytes[at] as number)) : bytes.toString('utf8', at, at + length);
    at += length ?? 1;
  }
  return text;
}

/** Whether the bytes are one whole character in UTF-8. */
function isCharacter(bytes: Buffer): boolean {
  const text = bytes.toString();
  return Array.from(text).length === 1 && Buffer.from(text).equals(bytes);
}
