import { CLASS, DOUBLE_QUOTE, EQUALS, GREATER, LESS, SINGLE_QUOTE, SLASH, STOPS_VALUE } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { decode } from './decode.ts';
import { CUT, Malformed, shown } from './fault.ts';
import type { Limits } from './limits.ts';
import { Repeats } from './repeats.ts';
import { ShortTexts } from './short-texts.ts';

/** How many different tags are remembered. */
const KEPT_TAGS = 2048;
/** A tag with more attributes than this is not worth remembering. */
const KEPT_ATTRIBUTES = 16;

/** The attributes of the element that starts now: readable during the call only, and decoded only when asked. */
export interface Attributes {
  readonly count: number;
  name(index: number): string;
  /** The same number for the same name, all through a document. */
  number(index: number): number;
  /** Place by name; -1 when the element has no such attribute. */
  indexOf(name: string): number;
  value(index: number): string;
  /** Value by name; null when the element has no such attribute. */
  get(name: string): string | null;
  /** Where the values lie as they are written, references and all: for whoever compares without reading. */
  readonly bytes: Uint8Array;
  from(index: number): number;
  to(index: number): number;
}

/** Finds the attributes of a tag and remembers where they stand. One for all tags of a document. */
export class AttributeList implements Attributes {
  count = 0;
  /** Number of the name of the tag passed last. */
  element = 0;
  empty = false;
  readonly #limits: Limits;
  readonly #cursor: Cursor;
  readonly #texts = new ShortTexts();
  readonly #repeats = new Repeats({ slots: KEPT_TAGS, longest: 192, until: GREATER });
  // Where the attributes stand, counted from the start of their tag: first the tag at hand, then each kept one.
  #names: Int32Array;
  #from: Int32Array;
  #to: Int32Array;
  #plain: Uint8Array;
  /** What is kept of each tag beside its attributes: count, number of the name, and whether it is empty. */
  #kept = new Int32Array(0);
  /** By name: the last tag that had it, which is how a second one is found without a search. */
  #tagOf = new Float64Array(256);
  #tag = 0;
  /** Where the tag at hand starts. */
  #start = 0;
  /** Where its attributes are told, among all that are. */
  #row = 0;

  constructor(limits: Limits, cursor: Cursor) {
    this.#limits = limits;
    this.#cursor = cursor;
    this.#names = new Int32Array(limits.attributes);
    this.#from = new Int32Array(limits.attributes);
    this.#to = new Int32Array(limits.attributes);
    this.#plain = new Uint8Array(limits.attributes);
  }

  name(index: number): string {
    return this.#cursor.names.text[this.number(index)] as string;
  }

  value(index: number): string {
    const [from, to] = [this.from(index), this.to(index)];
    const { bytes } = this.#cursor;
    return this.#plain[this.#row + index] === 1 ? this.#texts.read(bytes, from, to) : decode(bytes, { from, to }, 'value');
  }

  get bytes(): Uint8Array {
    return this.#cursor.bytes;
  }

  from(index: number): number {
    return this.#start + (this.#from[this.#row + index] as number);
  }

  to(index: number): number {
    return this.#start + (this.#to[this.#row + index] as number);
  }

  number(index: number): number {
    return this.#names[this.#row + index] as number;
  }

  indexOf(name: string): number {
    for (let i = 0; i < this.count; i++) if (this.name(i) === name) return i;
    return -1;
  }

  get(name: string): string | null {
    const index = this.indexOf(name);
    return index < 0 ? null : this.value(index);
  }

  /** Passes a start tag; `element` is then the number of its name, and `empty` whether it is empty ("/>"). */
  passTag(): void {
    const cursor = this.#cursor;
    const { at } = cursor;
    this.#start = at;
    const slot = this.#repeats.find(cursor.bytes, at, cursor.end);
    if (slot >= 0) return this.#recall(slot);
    this.#row = 0;
    cursor.at++;
    this.element = cursor.name();
    this.empty = this.#pass();
    if (this.#repeats.length === cursor.at - at && this.count <= KEPT_ATTRIBUTES && cursor.replaced === 0) this.#keep(at);
  }

  #recall(slot: number): void {
    this.#row = this.#limits.attributes + slot * KEPT_ATTRIBUTES;
    this.count = this.#kept[slot * 3] as number;
    this.element = this.#kept[slot * 3 + 1] as number;
    this.empty = this.#kept[slot * 3 + 2] === 1;
    this.#cursor.at = this.#start + this.#repeats.length;
  }

  #keep(at: number): void {
    const slot = this.#repeats.keep(this.#cursor.bytes, at);
    if (slot < 0) return;
    if (this.#kept.length < this.#repeats.slots * 3) this.#makeRoom(this.#repeats.slots);
    const row = this.#limits.attributes + slot * KEPT_ATTRIBUTES;
    for (const list of [this.#names, this.#from, this.#to, this.#plain]) list.copyWithin(row, 0, this.count);
    this.#kept.set([this.count, this.element, this.empty ? 1 : 0], slot * 3);
  }

  #makeRoom(tags: number): void {
    const rows = this.#limits.attributes + tags * KEPT_ATTRIBUTES;
    const larger = (list: Int32Array): Int32Array => {
      const copy = new Int32Array(rows);
      copy.set(list);
      return copy;
    };
    [this.#names, this.#from, this.#to] = [larger(this.#names), larger(this.#from), larger(this.#to)];
    const plain = new Uint8Array(rows);
    plain.set(this.#plain);
    this.#plain = plain;
    this.#kept = new Int32Array(tags * 3);
  }

  /** Passes everything from the element's name to the end of its tag; whether the element is empty. */
  #pass(): boolean {
    const cursor = this.#cursor;
    this.count = 0;
    this.#tag++;
    for (;;) {
      const spaced = cursor.space();
      const byte = cursor.bytes[cursor.at] as number;
      if (byte === GREATER) {
        cursor.at++;
        return false;
      }
      if (byte === SLASH) return this.#close();
      if (!spaced) throw new Malformed('reading a tag: there is no space before this', cursor.at);
      this.#attribute();
    }
  }

  #close(): true {
    const cursor = this.#cursor;
    if (cursor.peek(1) !== GREATER) throw new Malformed('reading a tag: "/" is not followed by ">"', cursor.at);
    cursor.at += 2;
    return true;
  }

  #attribute(): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const name = cursor.name();
    if (this.#tagOf[name] === this.#tag)
      throw new Malformed(`reading a tag: attribute ${shown(cursor.names.text[name] as string)} is given twice`, start);
    if (this.count === this.#limits.attributes)
      throw new Malformed(`reading a tag: it has more than ${this.#limits.attributes} attributes`, start);
    if (name >= this.#tagOf.length) this.#tagOf = grown(this.#tagOf, name * 2);
    this.#tagOf[name] = this.#tag;
    this.#names[this.count] = name;
    if (cursor.bytes[cursor.at] !== EQUALS) this.#spaceBeforeEquals();
    cursor.at++;
    this.#value();
    this.count++;
  }

  #spaceBeforeEquals(): void {
    const cursor = this.#cursor;
    cursor.space();
    if (cursor.bytes[cursor.at] !== EQUALS) throw new Malformed('reading a tag: an attribute has no value', cursor.at);
  }

  #value(): void {
    const cursor = this.#cursor;
    const quote = this.#quote();
    const { bytes, end, at: from } = cursor;
    cursor.plain = true;
    for (;;) {
      let i = cursor.at;
      while (i < end && ((CLASS[bytes[i] as number] as number) & STOPS_VALUE) === 0) i++;
      cursor.at = i;
      this.#checkLength(i - from);
      if (i === end) throw CUT;
      if (bytes[i] === quote) break;
      this.#inValue();
    }
    this.#from[this.count] = from - this.#start;
    this.#to[this.count] = cursor.at++ - this.#start;
    this.#plain[this.count] = cursor.plain ? 1 : 0;
  }

  /** Passes the opening quote. */
  #quote(): number {
    const cursor = this.#cursor;
    let quote = cursor.peek(0);
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) {
      cursor.space();
      quote = cursor.peek(0);
    }
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) throw new Malformed('reading a tag: a value has no quotes', cursor.at);
    cursor.at++;
    return quote;
  }

  #inValue(): void {
    const cursor = this.#cursor;
    const byte = cursor.bytes[cursor.at];
    if (byte === LESS) throw new Malformed('reading a tag: a value holds "<"', cursor.at);
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) cursor.at++;
    else cursor.decoded();
  }

  #checkLength(length: number): void {
    if (length <= this.#limits.attributeBytes) return;
    throw new Malformed(`reading a tag: a value is longer than ${this.#limits.attributeBytes} bytes`, this.#cursor.at - length);
  }
}

function grown(list: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(list);
  return larger;
}
