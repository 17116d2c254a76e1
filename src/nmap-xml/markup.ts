import { CLOSE_BRACKET, DASH, DOUBLE_QUOTE, GREATER, OPEN_BRACKET, QUESTION, SINGLE_QUOTE } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { decode } from './decode.ts';
import { AT_UNIT, Malformed } from './fault.ts';

const S = '[ \\t\\r\\n]';
const quoted = (inside: string): string => `(?:"${inside}"|'${inside}')`;
const declaration = (name: string, value: string): string => `${S}+${name}${S}*=${S}*${quoted(value)}`;

/** Any version, as expat has it: by whatever name, it is read as 1.0. */
const VERSION = '[A-Za-z0-9._-]*';
const DECLARATION = new RegExp(
  `^${declaration('version', VERSION)}(?:${declaration('encoding', '[A-Za-z][A-Za-z0-9._-]*')})?` +
    `(?:${declaration('standalone', '(?:yes|no)')})?${S}*$`,
);
const ENCODING = /encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)/;
const PUBLIC_CHARACTERS = "[-a-zA-Z0-9 \\r\\n()+,./:=?;!*#@$_%']*";
const EXTERNAL = new RegExp(
  `^(?:${S}+(?:SYSTEM|PUBLIC${S}+(?:"${PUBLIC_CHARACTERS}"|'${PUBLIC_CHARACTERS.replace("'", '')}'))${S}+(?:"[^"]*"|'[^']*'))?${S}*$`,
);

/** Passes a comment. */
export function passComment(cursor: Cursor): void {
  if (!cursor.passes('<!--')) throw new Malformed('reading markup: "<!" opens neither a comment, nor CDATA, nor a DOCTYPE', AT_UNIT);
  for (;;) {
    cursor.upTo(DASH);
    if (cursor.peek(1) !== DASH) cursor.at++;
    else if (cursor.peek(2) === GREATER) break;
    else throw new Malformed('reading a comment: it holds "--"', cursor.at);
  }
  cursor.at += 3;
}

/** Passes a CDATA section; its text lies from cursor.from to three bytes before where the cursor then stands. */
export function passCdata(cursor: Cursor): void {
  if (!cursor.passes('<![CDATA[')) throw new Malformed('reading markup: "<![" does not open CDATA', AT_UNIT);
  const from = cursor.at;
  for (;;) {
    cursor.upTo(CLOSE_BRACKET);
    if (cursor.peek(1) === CLOSE_BRACKET && cursor.peek(2) === GREATER) break;
    cursor.at++;
  }
  cursor.at += 3;
  cursor.from = from;
}

/**
 * Passes a processing instruction, or the XML declaration where `first` allows one. Gives the encoding that a
 * declaration names, else null. It is checked and never obeyed: the bytes are read as UTF-8 or refused.
 */
export function passInstruction(cursor: Cursor, first: boolean): string | null {
  cursor.at += 2;
  const target = cursor.names.text[cursor.name()] as string;
  const from = cursor.at;
  for (;;) {
    cursor.upTo(QUESTION);
    if (cursor.peek(1) === GREATER) break;
    cursor.at++;
  }
  const body = { from, to: cursor.at };
  cursor.at += 2;
  if (target === 'xml' && first) return passDeclaration(decode(cursor.bytes, body, 'literal'));
  if (target.toLowerCase() === 'xml') throw new Malformed('reading the XML declaration: it is not at the start of the document', AT_UNIT);
  const spaced = /^(?:$|[ \t\r\n])/.test(decode(cursor.bytes, { from, to: Math.min(from + 1, body.to) }, 'literal'));
  if (!spaced) throw new Malformed('reading an instruction: its name holds a character no name may hold', from);
  return null;
}

function passDeclaration(text: string): string | null {
  if (!DECLARATION.test(text))
    throw new Malformed('reading the XML declaration: it is not version, encoding, standalone in this order', AT_UNIT);
  return ENCODING.exec(text)?.[1] ?? null;
}

/** Passes a DOCTYPE, which may name an outer DTD (never fetched) but must not define anything itself. */
export function passDoctype(cursor: Cursor): void {
  if (!cursor.passes('<!DOCTYPE') || !cursor.space())
    throw new Malformed('reading markup: "<!" opens neither a comment, nor CDATA, nor a DOCTYPE', AT_UNIT);
  cursor.name();
  const from = cursor.at;
  passToGreater(cursor);
  if (!EXTERNAL.test(decode(cursor.bytes, { from, to: cursor.at - 1 }, 'literal')))
    throw new Malformed('reading the DOCTYPE: it is neither a bare name nor names an outer DTD', from);
}

function passToGreater(cursor: Cursor): void {
  for (let byte = cursor.peek(0); byte !== GREATER; byte = cursor.peek(0)) {
    if (byte === OPEN_BRACKET)
      throw new Malformed('reading the DOCTYPE: it defines entities or the like, which is refused; nmap never writes that', cursor.at);
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      cursor.at++;
      cursor.upTo(byte);
      cursor.at++;
    } else cursor.character();
  }
  cursor.at++;
}
