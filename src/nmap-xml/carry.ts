import { BANG, CLOSE_BRACKET, DASH, DOUBLE_QUOTE, GREATER, LESS, OPEN_BRACKET, QUESTION, SINGLE_QUOTE } from './characters.ts';

type State = 'start' | 'open' | 'bang' | 'text' | 'tag' | 'double' | 'single' | 'comment' | 'cdata' | 'instruction';

/** What stands before the ">" that ends each. */
const CLOSERS: Partial<Record<State, readonly [number, number | null]>> = {
  comment: [DASH, DASH],
  cdata: [CLOSE_BRACKET, CLOSE_BRACKET],
  instruction: [QUESTION, null],
};

/**
 * The bytes of something that was cut off at the end of a chunk, and where it may end: so a value that comes in a
 * thousand pieces is scanned once, not a thousand times. It only guesses the end (never too late); the scanner judges.
 */
export class Carry {
  bytes: Uint8Array = new Uint8Array(256);
  length = 0;
  /** Whether the last byte taken may be the end. After text that is the "<" of what follows. */
  mayEnd = false;
  #state: State = 'start';
  #last = 0;
  #beforeLast = 0;

  /** Takes bytes up to a possible end, the end of the chunk, or `room`; gives the index after the last one taken. */
  take(chunk: Uint8Array, from: number, room: number): number {
    const to = Math.min(chunk.length, from + room);
    this.mayEnd = false;
    let i = from;
    while (i < to && !this.mayEnd) {
      const byte = chunk[i++] as number;
      this.mayEnd = this.#step(byte);
      this.#beforeLast = this.#last;
      this.#last = byte;
    }
    this.#append(chunk.subarray(from, i));
    return i;
  }

  clear(): void {
    this.length = 0;
    this.mayEnd = false;
    this.#state = 'start';
  }

  #append(piece: Uint8Array): void {
    if (this.length + piece.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + piece.length));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  #step(byte: number): boolean {
    switch (this.#state) {
      case 'start':
        this.#state = byte === LESS ? 'open' : 'text';
        return false;
      case 'open':
        return this.#opened(byte);
      case 'bang':
        this.#state = afterBang(byte);
        return false;
      case 'text':
        return byte === LESS;
      case 'tag':
        return this.#inTag(byte);
      case 'double':
      case 'single':
        if (byte === (this.#state === 'double' ? DOUBLE_QUOTE : SINGLE_QUOTE)) this.#state = 'tag';
        return false;
      default:
        return byte === GREATER && this.#closes();
    }
  }

  #opened(byte: number): boolean {
    if (byte === BANG) this.#state = 'bang';
    else if (byte === QUESTION) this.#state = 'instruction';
    else {
      this.#state = 'tag';
      return this.#inTag(byte);
    }
    return false;
  }

  #inTag(byte: number): boolean {
    if (byte === DOUBLE_QUOTE) this.#state = 'double';
    else if (byte === SINGLE_QUOTE) this.#state = 'single';
    return byte === GREATER;
  }

  #closes(): boolean {
    const closer = CLOSERS[this.#state];
    return closer !== undefined && this.#last === closer[0] && (closer[1] === null || this.#beforeLast === closer[1]);
  }
}

function afterBang(byte: number): State {
  if (byte === DASH) return 'comment';
  return byte === OPEN_BRACKET ? 'cdata' : 'tag';
}
