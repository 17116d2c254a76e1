/** The bytes and characters of XML 1.0. */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const BANG = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const AMPERSAND = 0x26;
export const SINGLE_QUOTE = 0x27;
export const DASH = 0x2d;
export const SLASH = 0x2f;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

// What a byte may be, one bit each, so that every run of bytes is one lookup per byte.
/** Space between the parts of a tag. */
export const IS_SPACE = 1;
/** May start a name; bytes of non-ASCII characters too, which are judged when the name is first met. */
export const STARTS_NAME = 2;
/** May go on in a name. */
export const IN_NAME = 4;
/** Needs a closer look inside an attribute value: quotes, markup, anything that decodes to something else. */
export const STOPS_VALUE = 8;
/** Needs a closer look inside text. */
export const STOPS_TEXT = 16;
/** Needs a closer look anywhere: control characters and all that is not ASCII. */
export const STOPS_ALWAYS = 32;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
const isWhite = (byte: number): boolean => byte === TAB || byte === LF || byte === CR || byte === SPACE;

const STOPS: readonly (readonly [string, number])[] = [
  ['<&"\'\t\n\r', STOPS_VALUE],
  ['<&]\r', STOPS_TEXT],
];

function classOf(byte: number): number {
  if (byte >= 0x80) return STARTS_NAME | IN_NAME | STOPS_VALUE | STOPS_TEXT | STOPS_ALWAYS;
  if (byte < SPACE && !isWhite(byte)) return STOPS_VALUE | STOPS_TEXT | STOPS_ALWAYS;
  const stops = STOPS.filter(([bytes]) => bytes.includes(String.fromCharCode(byte))).reduce((bits, [, bit]) => bits | bit, 0);
  if (isWhite(byte)) return IS_SPACE | stops;
  if (isLetter(byte) || byte === 0x3a || byte === 0x5f) return STARTS_NAME | IN_NAME;
  return isDigit(byte) || byte === DASH || byte === 0x2e ? IN_NAME : stops;
}

/** The bits of every byte. */
export const CLASS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => classOf(byte));

/** Whether XML 1.0 allows the character, written out or as a reference. */
export function isCharacter(code: number): boolean {
  if (code < SPACE) return code === TAB || code === LF || code === CR;
  return code < 0xd800 || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
