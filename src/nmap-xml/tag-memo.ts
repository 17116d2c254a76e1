import { GREATER } from './characters.ts';

const SLOTS = 2048;
/** Bytes of a tag worth remembering. */
const LONGEST = 192;

/**
 * Tags that came before, byte for byte: nmap writes a few hundred again and again, and one that was judged sound need
 * not be judged anew. What it takes is fixed, whatever comes in. A tag is kept when it comes for the second time.
 */
export class TagMemo {
  /** Length of the tag asked for last; 0 when it is too long to be kept, or not whole. */
  length = 0;
  #slot = 0;
  #hash = 0;
  /** Made when first needed: most documents are small. */
  #bytes = new Uint8Array(0);
  readonly #lengths = new Uint8Array(SLOTS);
  readonly #hashes = new Int32Array(SLOTS);
  /** Hashes of tags met once. */
  readonly #met = new Int32Array(SLOTS);

  static readonly slots = SLOTS;

  /** The slot of the tag that starts here; -1 when it is not kept. */
  find(bytes: Uint8Array, at: number, end: number): number {
    const stop = Math.min(end, at + LONGEST);
    let hash = 1;
    let i = at;
    while (i < stop && bytes[i] !== GREATER) hash = ((hash << 5) - hash + (bytes[i++] as number)) | 0;
    this.length = i === stop ? 0 : i + 1 - at;
    const slot = (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (SLOTS - 1);
    this.#slot = slot;
    this.#hash = hash;
    if (this.length === 0 || this.#hashes[slot] !== hash || this.#lengths[slot] !== this.length) return -1;
    return this.#holds(bytes, at) ? slot : -1;
  }

  /** Keeps the sound tag asked for last, if it has come before; gives its slot, else -1. */
  keep(bytes: Uint8Array, at: number): number {
    const slot = this.#slot;
    if (this.#met[slot] !== this.#hash) {
      this.#met[slot] = this.#hash;
      return -1;
    }
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(SLOTS * LONGEST);
    for (let i = 0; i < this.length; i++) this.#bytes[slot * LONGEST + i] = bytes[at + i] as number;
    this.#hashes[slot] = this.#hash;
    this.#lengths[slot] = this.length;
    return slot;
  }

  #holds(bytes: Uint8Array, at: number): boolean {
    const held = this.#bytes;
    const from = this.#slot * LONGEST;
    for (let i = 0; i < this.length; i++) if (held[from + i] !== bytes[at + i]) return false;
    return true;
  }
}
