import { Carry } from './carry.ts';
import { LESS } from './characters.ts';
import { Cursor } from './cursor.ts';
import { Document, type XmlHandler } from './document.ts';
import { AT_UNIT, CUT, Malformed, type XmlFault } from './fault.ts';
import { LIMITS, type Limits } from './limits.ts';
import { Position } from './position.ts';

export interface TokenizerOptions {
  /** Characters XML forbids become U+FFFD instead of a fault; `replaced` counts them. */
  readonly lenient?: boolean;
  readonly limits?: Partial<Limits>;
}

const BOM = [0xef, 0xbb, 0xbf];

/** Reads XML 1.0 in UTF-8, strictly, from chunks cut anywhere. What is wrong with the bytes is never thrown: it is the `fault`. */
export class Tokenizer {
  /** Why it stopped. Later bytes are ignored. */
  fault: XmlFault | null = null;
  readonly #limits: Limits;
  readonly #cursor: Cursor;
  readonly #document: Document;
  readonly #carry = new Carry();
  readonly #position = new Position();
  #bom = 0;
  /** Which of the cursor's bytes `#position` is the place of. */
  #origin = 0;

  constructor(handler: XmlHandler, options: TokenizerOptions = {}) {
    this.#limits = { ...LIMITS, ...options.limits };
    this.#cursor = new Cursor(this.#limits, options.lenient ?? false);
    this.#document = new Document(handler, this.#limits, this.#cursor);
  }

  /** How many forbidden characters were replaced so far. */
  get replaced(): number {
    return this.#document.replaced;
  }

  /** For handlers: how many bytes of the document lie before the tag that is told. */
  get tagStart(): number {
    return this.#position.offset + this.#document.unit - this.#origin;
  }

  /** For handlers: how many bytes lie before what follows the tag that is told. */
  get tagEnd(): number {
    return this.#position.offset + this.#cursor.at - this.#origin;
  }

  /** Takes the next bytes; they may be reused afterwards. Only what a handler throws is thrown on. */
  write(chunk: Uint8Array): void {
    if (this.fault) return;
    try {
      let at = this.#skipBom(chunk);
      while (at < chunk.length && this.#carry.length > 0) at = this.#resume(chunk, at);
      if (at < chunk.length) this.#run(chunk, at);
    } catch (thrown) {
      this.#stop(thrown);
    }
  }

  /** The document ends here; gives the fault, or null for a sound document. */
  end(): XmlFault | null {
    if (this.fault) return this.fault;
    try {
      if (this.#carry.length > 0) this.#attempt();
      this.#document.finish(this.#carry.bytes.subarray(0, this.#carry.length));
    } catch (thrown) {
      this.#stop(thrown);
    }
    return this.fault;
  }

  /** For handlers: stops reading here, with this fault. */
  refuse(message: string): never {
    throw new Malformed(message, AT_UNIT);
  }

  #skipBom(chunk: Uint8Array): number {
    let at = 0;
    while (at < chunk.length && this.#bom < BOM.length && chunk[at] === BOM[this.#bom]) {
      at++;
      this.#bom++;
    }
    this.#position.advance(chunk, 0, at);
    if (at === chunk.length) return at;
    if (this.#bom % BOM.length !== 0) throw new Malformed('reading the document: its byte order mark is not whole', 0);
    this.#bom = BOM.length;
    return at;
  }

  /** Reads from the chunk itself, and keeps what is cut off at its end. */
  #run(chunk: Uint8Array, from: number): void {
    const cursor = this.#cursor;
    cursor.load(chunk, from, chunk.length);
    this.#origin = from;
    try {
      while (cursor.at < cursor.end) this.#document.pass();
      this.#position.advance(chunk, from, chunk.length);
    } catch (thrown) {
      if (thrown !== CUT) throw thrown;
      this.#keep(chunk, this.#document.unit);
    }
  }

  #keep(chunk: Uint8Array, from: number): void {
    this.#position.advance(chunk, this.#origin, from);
    let at = from;
    while (at < chunk.length) at = this.#take(chunk, at);
  }

  /** Goes on with what was cut off; gives the index in the chunk from which to go on. */
  #resume(chunk: Uint8Array, at: number): number {
    const next = this.#take(chunk, at);
    if (!this.#carry.mayEnd || !this.#attempt()) return next;
    const rest = this.#carry.length - this.#cursor.at;
    this.#position.advance(this.#carry.bytes, 0, this.#cursor.at);
    this.#carry.clear();
    return next - rest;
  }

  #take(chunk: Uint8Array, at: number): number {
    const carry = this.#carry;
    // One byte more than the limit: after text the carry also holds the "<" that ends it.
    const next = carry.take(chunk, at, this.#limits.unitBytes + 1 - carry.length);
    if (carry.length <= this.#limits.unitBytes) return next;
    if (carry.mayEnd && carry.bytes[0] !== LESS) return next;
    // What is wrong inside the limit comes first, however the chunks were cut.
    this.#attempt();
    throw this.#document.tooLong();
  }

  /** Reads what was carried over; false when it is not whole. */
  #attempt(): boolean {
    this.#cursor.load(this.#carry.bytes, 0, this.#carry.length);
    this.#origin = 0;
    try {
      this.#document.pass();
      return true;
    } catch (thrown) {
      if (thrown === CUT) return false;
      throw thrown;
    }
  }

  /** Makes a fault of what was thrown; what is not about the bytes is a handler's own and goes on up. */
  #stop(thrown: unknown): void {
    const about = thrown instanceof Malformed ? thrown : new Malformed('reading stopped: whoever listens failed', AT_UNIT);
    const { unit } = this.#document;
    const beyond = about.at - unit > this.#limits.unitBytes;
    const at = about.at === AT_UNIT || beyond ? unit : about.at;
    this.#position.advance(this.#cursor.bytes, this.#origin, Math.max(at, this.#origin));
    const { offset, line, column } = this.#position;
    this.fault = { message: beyond ? this.#document.tooLong().message : about.message, offset, line, column };
    if (about !== thrown) throw thrown;
  }
}
