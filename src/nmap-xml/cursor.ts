import {
  AMPERSAND,
  CLASS,
  CLOSE_BRACKET,
  GREATER,
  IN_NAME,
  IS_SPACE,
  isCharacter,
  LESS,
  STARTS_NAME,
  STOPS_ALWAYS,
  STOPS_TEXT,
} from './characters.ts';
import { CUT, Malformed } from './fault.ts';
import type { Limits } from './limits.ts';
import { Names } from './names.ts';
import { afterReference, readReference } from './references.ts';
import { readSequence, sequenceLength } from './utf8.ts';

/**
 * A place in the bytes at hand. Its steps pass over sound XML, throw Malformed at what is not, and throw CUT
 * when the bytes end first: whoever moved it then starts over at the same place with more bytes.
 */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** Where the name or text last passed begins. */
  from = 0;
  /** Whether the text last passed means what its bytes say: nothing to decode. */
  plain = true;
  /** How many forbidden characters lenient mode has let pass. */
  replaced = 0;
  readonly names: Names;
  readonly #limits: Limits;
  readonly #lenient: boolean;

  constructor(limits: Limits, lenient: boolean) {
    this.names = new Names(limits);
    this.#limits = limits;
    this.#lenient = lenient;
  }

  load(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** The byte `ahead` places on. */
  peek(ahead: number): number {
    if (this.at + ahead >= this.end) throw CUT;
    return this.bytes[this.at + ahead] as number;
  }

  /** Passes these ASCII characters; false (and no step) when others stand here. */
  passes(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.peek(i) !== text.charCodeAt(i)) return false;
    this.at += text.length;
    return true;
  }

  /** Passes space up to the next other byte; whether there was any. */
  space(): boolean {
    const { bytes, end, at } = this;
    let i = at;
    while (i < end && (CLASS[bytes[i] as number] as number) & IS_SPACE) i++;
    this.at = i;
    if (i === end) throw CUT;
    return i > at;
  }

  /** Passes a name and gives its number in `names`. */
  name(): number {
    const { bytes, end, at } = this;
    let hash = 0;
    let i = at;
    while (i < end && (CLASS[bytes[i] as number] as number) & IN_NAME) hash = (Math.imul(hash, 31) + (bytes[i++] as number)) | 0;
    if (i - at > this.#limits.nameBytes) throw new Malformed(`reading a name: it is longer than ${this.#limits.nameBytes} bytes`, at);
    if (i === end) throw CUT;
    if (i === at || !((CLASS[bytes[at] as number] as number) & STARTS_NAME))
      throw new Malformed('reading a name: none starts with this character', at);
    this.from = at;
    this.at = i;
    return this.names.number(this, hash);
  }

  /** Passes the name of this number; false (and no step) when it does not stand here whole, for whatever reason. */
  passesName(id: number): boolean {
    const { bytes, at } = this;
    const known = this.names.bytes[id] as Uint8Array;
    const to = at + known.length;
    if (to >= this.end || (CLASS[bytes[to] as number] as number) & IN_NAME) return false;
    for (let i = 0; i < known.length; i++) if (bytes[at + i] !== known[i]) return false;
    this.at = to;
    return true;
  }

  /** Passes text up to the next "<". */
  text(): void {
    const { bytes, end } = this;
    this.from = this.at;
    this.plain = true;
    for (;;) {
      let i = this.at;
      while (i < end && ((CLASS[bytes[i] as number] as number) & STOPS_TEXT) === 0) i++;
      this.at = i;
      if (i === end) throw CUT;
      if (bytes[i] === LESS) return;
      this.inText();
    }
  }

  /** Passes one character of text that is not plain: a bracket, a line end, a reference, or one outside ASCII. */
  inText(): void {
    if (this.bytes[this.at] !== CLOSE_BRACKET) this.decoded();
    else if (this.peek(1) === CLOSE_BRACKET && this.peek(2) === GREATER)
      throw new Malformed('reading text: it holds "]]>", which only ends CDATA', this.at);
    else this.at++;
  }

  /** Passes one character that decodes to something other than its byte. */
  decoded(): void {
    this.plain = false;
    if (this.bytes[this.at] === AMPERSAND) this.reference();
    else this.character();
  }

  reference(): void {
    const code = readReference(this.bytes, this.at, this.end);
    if (!isCharacter(code)) this.forbidden('the reference names');
    this.at = afterReference(this.bytes, this.at);
  }

  /** Passes one character as it stands. */
  character(): void {
    const byte = this.bytes[this.at] as number;
    const code = byte < 0x80 ? byte : readSequence(this.bytes, this.at, this.end);
    if (!isCharacter(code)) this.forbidden('there is');
    this.at += byte < 0x80 ? 1 : sequenceLength(code);
  }

  /** Passes characters as they stand (in comments, CDATA, instructions) up to the byte `stop`. */
  upTo(stop: number): void {
    const { bytes, end } = this;
    for (;;) {
      let i = this.at;
      while (i < end && bytes[i] !== stop && ((CLASS[bytes[i] as number] as number) & STOPS_ALWAYS) === 0) i++;
      this.at = i;
      if (i === end) throw CUT;
      if (bytes[i] === stop) return;
      this.character();
    }
  }

  private forbidden(what: string): void {
    if (!this.#lenient)
      throw new Malformed(`reading text: ${what} a character XML forbids; read it leniently to get U+FFFD instead`, this.at);
    this.replaced++;
  }
}
