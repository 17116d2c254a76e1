import { AttributeList, type Attributes } from './attributes.ts';
import { BANG, CLASS, DASH, GREATER, IS_SPACE, LESS, OPEN_BRACKET, QUESTION, SLASH } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { decode } from './decode.ts';
import { AT_UNIT, CUT, Malformed, shown } from './fault.ts';
import type { Limits } from './limits.ts';
import { passCdata, passComment, passDoctype, passInstruction } from './markup.ts';

/** What a document holds, in its order. Each event is whole and sound when it comes. */
export interface XmlHandler {
  start?(name: string, attributes: Attributes): void;
  end?(name: string): void;
  /** Text or CDATA inside the root; one stretch may come in several calls, parted by comments and the like. Call `read` now or never. */
  text?(read: () => string): void;
  /**
   * Asked before each tag inside the root, which starts at `at` of `bytes`: how many bytes to leave out. Only a whole
   * element that was passed before in the same place and the same bytes may be left out; 0 leaves out nothing.
   */
  skip?(bytes: Uint8Array, at: number, end: number): number;
  /** The encoding that the XML declaration claims. */
  encoding?(name: string): void;
}

/** The order of a document: what may come where. Passes it unit by unit: a tag, a comment, a stretch of text. */
export class Document {
  /** How many forbidden characters were replaced so far. */
  replaced = 0;
  /** Where the unit being passed begins. */
  unit = 0;
  readonly #handler: XmlHandler;
  readonly #limits: Limits;
  readonly #cursor: Cursor;
  readonly #attributes: AttributeList;
  /** Numbers of the names of the elements that are open. */
  readonly #open: number[] = [];
  readonly #readText: () => string;
  #depth = 0;
  #first = true;
  #doctype = false;
  #root = false;
  #literal = false;
  #textEnd = 0;

  constructor(handler: XmlHandler, limits: Limits, cursor: Cursor) {
    this.#handler = handler;
    this.#limits = limits;
    this.#cursor = cursor;
    this.#attributes = new AttributeList(limits, cursor);
    // One for all texts, so that text nobody reads costs nothing.
    this.#readText = () => decode(cursor.bytes, { from: cursor.from, to: this.#textEnd }, this.#literal ? 'literal' : 'text');
  }

  /** Passes one unit and tells the handler. On CUT nothing has happened, and the same unit can be passed again. */
  pass(): void {
    const cursor = this.#cursor;
    this.unit = cursor.at;
    cursor.replaced = 0;
    if (cursor.bytes[cursor.at] !== LESS) this.#passCharacters();
    else if (!this.#skips()) this.#passMarkup();
    this.replaced += cursor.replaced;
    this.#first = false;
  }

  #passCharacters(): void {
    if (this.#depth === 0) this.#passOutside();
    else this.#passText();
  }

  /** Whether the handler knows what stands here, and leaves it out. */
  #skips(): boolean {
    if (this.#handler.skip === undefined || this.#depth === 0) return false;
    const cursor = this.#cursor;
    const skipped = this.#handler.skip(cursor.bytes, cursor.at, cursor.end);
    cursor.at += skipped;
    return skipped > 0;
  }

  /** Refuses what ends too early; `rest` are the bytes left over. */
  finish(rest: Uint8Array): void {
    const at = rest.length;
    if (this.#depth > 0) throw new Malformed(`reading ${this.#innermost()}: the document ends inside it`, at);
    if (rest[0] === LESS) throw new Malformed('reading markup: the document ends inside it', at);
    if (!this.#root) throw new Malformed('reading the document: it has no element', at);
  }

  /** That a unit is longer than the limit. */
  tooLong(): Malformed {
    return new Malformed(`reading a tag, comment or text: it is longer than ${this.#limits.unitBytes} bytes`, AT_UNIT);
  }

  #passMarkup(): void {
    const next = this.#cursor.peek(1);
    if (next === SLASH) this.#passEnd();
    else if (next === BANG) this.#passBang();
    else if (next === QUESTION) this.#passInstruction();
    else this.#passStart();
  }

  #passStart(): void {
    if (this.#depth === 0 && this.#root) throw new Malformed('reading the document: more follows after its last element', AT_UNIT);
    this.#attributes.passTag();
    const { element: id, empty } = this.#attributes;
    this.#checkLength();
    if (this.#depth === this.#limits.depth)
      throw new Malformed(`reading elements: more than ${this.#depth} are inside each other`, AT_UNIT);
    const name = this.#cursor.names.text[id] as string;
    this.#root = true;
    if (!empty) this.#open[this.#depth++] = id;
    this.#handler.start?.(name, this.#attributes);
    if (empty) this.#handler.end?.(name);
  }

  #passEnd(): void {
    const cursor = this.#cursor;
    const open = this.#depth > 0 ? (this.#open[this.#depth - 1] as number) : -1;
    cursor.at += 2;
    const id = open >= 0 && cursor.passesName(open) ? open : cursor.name();
    if (cursor.bytes[cursor.at] !== GREATER) cursor.space();
    if (cursor.bytes[cursor.at] !== GREATER) throw new Malformed('reading an end tag: it holds more than a name', cursor.at);
    cursor.at++;
    this.#checkLength();
    const name = cursor.names.text[id] as string;
    if (id !== open) throw new Malformed(`reading the end tag ${shown(name)}: ${this.#innermost()} is open`, AT_UNIT);
    this.#depth--;
    this.#handler.end?.(name);
  }

  #innermost(): string {
    const id = this.#open[this.#depth - 1];
    return this.#depth > 0 ? shown(this.#cursor.names.text[id as number] as string) : 'nothing';
  }

  #passText(): void {
    this.#cursor.text();
    this.#emitText(this.#cursor.at, false);
  }

  #emitText(end: number, literal: boolean): void {
    this.#checkLength();
    if (!this.#handler.text || end === this.#cursor.from) return;
    this.#textEnd = end;
    this.#literal = literal;
    this.#handler.text(this.#readText);
  }

  /** Outside the root there is nothing but space between markup. */
  #passOutside(): void {
    const cursor = this.#cursor;
    const { bytes, end } = cursor;
    let i = cursor.at;
    while (i < end && (CLASS[bytes[i] as number] as number) & IS_SPACE) i++;
    cursor.at = i;
    if (i === end) throw CUT;
    if (bytes[i] === LESS) return this.#checkLength();
    const where = this.#root ? 'more follows after its last element' : 'it does not start with an element';
    throw new Malformed(`reading the document: ${where}`, i);
  }

  #passBang(): void {
    const kind = this.#cursor.peek(2);
    if (kind === DASH) passComment(this.#cursor);
    else if (kind === OPEN_BRACKET) this.#passCdata();
    else this.#passDoctype();
    this.#checkLength();
  }

  #passCdata(): void {
    passCdata(this.#cursor);
    if (this.#depth === 0) throw new Malformed('reading the document: CDATA stands outside its element', AT_UNIT);
    this.#emitText(this.#cursor.at - ']]>'.length, true);
  }

  #passDoctype(): void {
    passDoctype(this.#cursor);
    if (this.#doctype || this.#root) throw new Malformed('reading the DOCTYPE: it is not before the first element, or not alone', AT_UNIT);
    this.#doctype = true;
  }

  #passInstruction(): void {
    const encoding = passInstruction(this.#cursor, this.#first);
    this.#checkLength();
    if (encoding !== null) this.#handler.encoding?.(encoding);
  }

  #checkLength(): void {
    if (this.#cursor.at - this.unit > this.#limits.unitBytes) throw this.tooLong();
  }
}
