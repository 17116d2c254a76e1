import { decode } from './decode.ts';
import { Malformed, shown } from './fault.ts';
import type { Limits } from './limits.ts';
import { NAME } from './name-characters.ts';

/** Bytes that a cursor has passed: from `from` up to `at`. */
interface Passed {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly at: number;
}

/** Enough for all that nmap writes; more are made as they are needed. */
const FIRST_SLOTS = 512;

/** Every name of a document once, numbered in order of appearance: names are compared as numbers, never as bytes or text. */
export class Names {
  /** Text by number. */
  readonly text: string[] = [];
  /** Bytes by number. */
  readonly bytes: Uint8Array[] = [];
  readonly #hashes: number[] = [];
  /** A power of two with room to spare, so that probing always meets an empty slot. */
  #slots = new Int32Array(FIRST_SLOTS).fill(-1);
  readonly #limit: number;

  constructor(limits: Limits) {
    this.#limit = limits.names;
  }

  /** Number of the name just passed and hashed. A name is judged when it is first met. */
  number(passed: Passed, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = this.#slots[slot] as number;
      if (id < 0) return this.#add(passed, hash, slot);
      if (this.#hashes[id] === hash && isSame(this.bytes[id] as Uint8Array, passed)) return id;
      slot = (slot + 1) & mask;
    }
  }

  #add({ bytes, from, at }: Passed, hash: number, slot: number): number {
    const text = decode(bytes, { from, to: at }, 'name');
    if (!NAME.test(text)) throw new Malformed(`reading a name: ${shown(text)} holds a character no name may hold`, from);
    if (this.text.length >= this.#limit) throw new Malformed(`reading names: there are more than ${this.#limit} different ones`, from);
    const id = this.text.length;
    this.text.push(interned(text));
    // Not slice(): of a Node Buffer that is a view, and the chunk's bytes may be written over.
    this.bytes.push(Uint8Array.from(bytes.subarray(from, at)));
    this.#hashes.push(hash);
    this.#slots[slot] = id;
    if (this.text.length * 2 > this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (const [id, hash] of this.#hashes.entries()) {
      let slot = (hash ^ (hash >>> 15)) & mask;
      while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

/** The engine's own copy of a string, as it keeps property keys: comparing it with a literal is comparing two pointers. */
function interned(text: string): string {
  return Object.keys({ [text]: true })[0] as string;
}

function isSame(known: Uint8Array, { bytes, from, at }: Passed): boolean {
  if (known.length !== at - from) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false;
  return true;
}
