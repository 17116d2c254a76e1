import { LF } from './characters.ts';

/** A place in the document, moved on as bytes are done with. */
export class Position {
  offset = 0;
  line = 1;
  #lineStart = 0;

  advance(bytes: Uint8Array, from: number, to: number): void {
    for (let i = bytes.indexOf(LF, from); i >= 0 && i < to; i = bytes.indexOf(LF, i + 1)) {
      this.line++;
      this.#lineStart = this.offset + (i - from) + 1;
    }
    this.offset += to - from;
  }

  /** From 1, in bytes. */
  get column(): number {
    return this.offset - this.#lineStart + 1;
  }
}
