import { Repeats } from '../../nmap-xml/index.ts';
import type { Fingerprint } from './fingerprint.ts';

const SLOTS = 4096;
const LONGEST_LINE = 512;
/** Bytes of fingerprint kept of a port. */
const LONGEST_PRINT = 256;
const LINE_END = 0x0a;
const OPENING = Array.from('<port ', (character) => character.charCodeAt(0));

/** Where a port begins that may be worth keeping. */
interface Begun {
  readonly bytes: Uint8Array;
  readonly at: number;
  /** Place in the document. */
  readonly offset: number;
  readonly depth: number;
  /** Bytes of the fingerprint before it. */
  readonly printed: number;
}

/**
 * Lines that are one whole port, as nmap writes them: of a thousand hosts most have the same few. A line that was read
 * before adds the same to the fingerprint of its host as it did then.
 */
export class PortLines {
  readonly #fingerprint: Fingerprint;
  readonly #lines = new Repeats({ slots: SLOTS, longest: LONGEST_LINE, until: LINE_END });
  #prints = new Uint8Array(0);
  #printLengths = new Uint16Array(0);
  #begun: Begun | null = null;

  constructor(fingerprint: Fingerprint) {
    this.#fingerprint = fingerprint;
  }

  /** Asked where a port begins. Its length when its line is known, and then it has been added; else 0. */
  pass(bytes: Uint8Array, at: number, place: { readonly end: number; readonly offset: number; readonly depth: number }): number {
    this.#begun = null;
    const slot = this.#lines.find(bytes, at, place.end);
    if (slot >= 0) {
      const from = slot * LONGEST_PRINT;
      this.#fingerprint.append(this.#prints, from, from + (this.#printLengths[slot] as number));
      return this.#lines.length - 1;
    }
    if (this.#lines.length > 0) this.#begun = { bytes, at, offset: place.offset, depth: place.depth, printed: this.#fingerprint.length };
    return 0;
  }

  /** A port has ended without complaint: keeps its line when it is all of it. */
  close(place: { readonly offset: number; readonly depth: number }): void {
    const begun = this.#begun;
    this.#begun = null;
    if (begun === null || place.depth !== begun.depth || place.offset - begun.offset !== this.#lines.length - 1) return;
    const { bytes, length } = this.#fingerprint;
    if (length - begun.printed > LONGEST_PRINT) return;
    const slot = this.#lines.keep(begun.bytes, begun.at);
    if (slot < 0) return;
    if (this.#printLengths.length < this.#lines.slots) this.#makeRoom(this.#lines.slots);
    this.#prints.set(bytes.subarray(begun.printed, length), slot * LONGEST_PRINT);
    this.#printLengths[slot] = length - begun.printed;
  }

  #makeRoom(lines: number): void {
    this.#prints = new Uint8Array(lines * LONGEST_PRINT);
    this.#printLengths = new Uint16Array(lines);
  }

  /** The port at hand is to be read again next time: something was said of it, or not all it holds is about itself. */
  forget(): void {
    this.#begun = null;
  }
}

/** Whether a port begins here. */
export function opensPort(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < OPENING.length; i++) if (bytes[at + i] !== OPENING[i]) return false;
  return true;
}
