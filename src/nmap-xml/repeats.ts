export interface RepeatsOptions {
  /** How many are kept of a large document; a power of two. */
  readonly slots: number;
  /** Bytes of the longest one kept. */
  readonly longest: number;
  /** The byte each ends with. */
  readonly until: number;
}

/** Slots in which one stretch may lie. */
const PROBES = 4;
/** Slots of a document until so many different stretches have come: most documents are small, and room for a large one takes longer than they do. */
const [FIRST_SLOTS, MANY] = [256, 512];
const ONES = 0x01010101;
const HIGHS = 0x80808080 | 0;

/**
 * Stretches of bytes that came before: nmap writes the same tags and lines again and again, and what was judged once
 * need not be judged anew. The room this takes is fixed, whatever comes in. One is kept when it comes for the second time.
 * Bytes are looked at four at a time, as this is what reading a large scan spends its time on.
 */
export class Repeats {
  /** Length of the stretch asked for last, its end included; 0 when it is too long, or not whole. */
  length = 0;
  readonly #options: RepeatsOptions;
  /** Four times the byte each ends with. */
  readonly #until: number;
  #lengths!: Uint16Array;
  #hashes!: Int32Array;
  /** Hashes of those met once. */
  #met!: Int32Array;
  /** How many were to be kept. */
  #asked = 0;
  #hash = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Those kept. Made when first needed: most documents are small. */
  #kept = new DataView(new ArrayBuffer(0));

  constructor(options: RepeatsOptions) {
    this.#options = options;
    this.#until = Math.imul(options.until, ONES);
    this.#clear(Math.min(FIRST_SLOTS, options.slots));
  }

  /** How many slots there are now. When they become more, nothing of before is kept. */
  get slots(): number {
    return this.#met.length;
  }

  /** The slot of the stretch that starts here; -1 when it is not kept. */
  find(bytes: Uint8Array, at: number, end: number): number {
    if (bytes !== this.#bytes) this.#look(bytes);
    this.#measure(at, Math.min(end, at + this.#options.longest));
    if (this.length === 0) return -1;
    const home = this.#home();
    for (let slot = home; slot < home + PROBES; slot++)
      if (this.#hashes[slot] === this.#hash && this.#lengths[slot] === this.length && this.#holds(slot, at)) return slot;
    return -1;
  }

  /** Keeps the stretch asked for last, which starts here, if it has come before; gives its slot, else -1. */
  keep(bytes: Uint8Array, at: number): number {
    if (++this.#asked === MANY && this.slots < this.#options.slots) this.#clear(this.#options.slots);
    const home = this.#home();
    if (this.#met[home] !== this.#hash) {
      this.#met[home] = this.#hash;
      return -1;
    }
    const { longest } = this.#options;
    if (this.#kept.byteLength === 0) this.#kept = new DataView(new ArrayBuffer(this.slots * longest));
    const slot = this.#free(home);
    for (let i = 0; i < this.length; i++) this.#kept.setUint8(slot * longest + i, bytes[at + i] as number);
    this.#hashes[slot] = this.#hash;
    this.#lengths[slot] = this.length;
    return slot;
  }

  #clear(slots: number): void {
    this.#lengths = new Uint16Array(slots);
    this.#hashes = new Int32Array(slots);
    this.#met = new Int32Array(slots);
    this.#kept = new DataView(new ArrayBuffer(0));
  }

  #look(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** First of the slots a stretch may lie in; never so late that one would lie beyond the last. */
  #home(): number {
    const hash = this.#hash;
    return (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (this.slots - PROBES);
  }

  #free(home: number): number {
    for (let slot = home; slot < home + PROBES; slot++) if (this.#lengths[slot] === 0) return slot;
    return home + (this.#hash & (PROBES - 1));
  }

  /** Finds the end of the stretch, and its hash. */
  #measure(at: number, stop: number): void {
    const view = this.#view;
    const until = this.#until;
    let hash = 1;
    this.length = 0;
    for (let i = at; i + 4 <= stop; i += 4) {
      const four = view.getInt32(i, true);
      const ends = four ^ until;
      // The lowest high bit that is set here stands for the first byte that ends the stretch.
      const ended = (ends - ONES) & ~ends & HIGHS;
      if (ended !== 0) {
        const bits = 31 - Math.clz32(ended & -ended) - 7;
        this.length = i + (bits >>> 3) + 1 - at;
        this.#hash = mixed(hash, four & ((1 << bits) - 1));
        return;
      }
      hash = mixed(hash, four);
    }
  }

  #holds(slot: number, at: number): boolean {
    const view = this.#view;
    const held = this.#kept;
    const from = slot * this.#options.longest - at;
    const end = at + this.length;
    let i = at;
    for (; i + 4 <= end; i += 4) if (held.getInt32(from + i, true) !== view.getInt32(i, true)) return false;
    for (; i < end; i++) if (held.getUint8(from + i) !== view.getUint8(i)) return false;
    return true;
  }
}

const mixed = (hash: number, four: number): number => {
  const product = Math.imul(hash ^ four, 0x9e3779b1 | 0);
  return product ^ (product >>> 15);
};
