import { ascii } from './decode.ts';

const SLOTS = 4096;
/** Slots until so many texts were made: most documents are small. */
const [FIRST_SLOTS, MANY] = [256, 512];
const LONGEST = 24;

/**
 * Short values come again and again ("open", "tcp", "syn-ack"): one string for each instead of one per port.
 * A slot holds the last text that hashed to it, so the room this takes is fixed whatever comes in.
 */
export class ShortTexts {
  #slots: string[] = Array<string>(FIRST_SLOTS).fill('');
  #made = 0;

  /** Text of ASCII bytes. */
  read(bytes: Uint8Array, from: number, to: number): string {
    if (to - from > LONGEST) return ascii(bytes, from, to);
    let hash = to - from;
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
    const slot = (hash ^ (hash >>> 13)) & (this.#slots.length - 1);
    const held = this.#slots[slot] as string;
    if (held.length === to - from && isText(bytes, from, held)) return held;
    const text = ascii(bytes, from, to);
    if (++this.#made === MANY) this.#slots = Array<string>(SLOTS).fill('');
    else this.#slots[slot] = text;
    return text;
  }
}

function isText(bytes: Uint8Array, from: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}
