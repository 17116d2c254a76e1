import type { Attributes } from '../../nmap-xml/index.ts';

/** What Ndiff takes of each element inside a host. Scripts of a port and those of its host are told apart. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  status: ['state'],
  address: ['addr', 'addrtype'],
  hostname: ['name'],
  extraports: ['state', 'count'],
  port: ['portid', 'protocol'],
  state: ['state'],
  service: ['name', 'product', 'version', 'extrainfo', 'tunnel'],
  script: ['id', 'output'],
  hostscript: ['id', 'output'],
  osmatch: ['name'],
};

const ELEMENTS = Object.keys(TAKEN);
const ATTRIBUTES = [...new Set(Object.values(TAKEN).flat())];
const ATTRIBUTE_CODES = new Map(ATTRIBUTES.map((name, code) => [name, code]));
const ELEMENT_CODES = new Map(ELEMENTS.map((name, code) => [name, code]));

/** By element: one bit for each attribute taken of it. */
const MASKS = ELEMENTS.map((name) => (TAKEN[name] ?? []).reduce((mask, taken) => mask | (1 << (ATTRIBUTE_CODES.get(taken) as number)), 0));

/** Marks in the bytes: what follows an element's code are attributes, each with its length, so no two hosts can run together alike. */
const ELEMENT_MARK = 0x80;

/**
 * All that Ndiff takes of one host, as bytes and as they were written. Hosts with the same bytes are the same to
 * Ndiff; the other way round need not hold (a reference may be written in two ways): then reading them shows it.
 */
export class Fingerprint {
  bytes: Uint8Array = new Uint8Array(4096);
  length = 0;
  /** By the number of a name in the document: the code of that attribute, -1 for one that is not taken. */
  readonly #codes: number[] = [];

  clear(): void {
    this.length = 0;
  }

  add(element: string, attributes: Attributes): void {
    const code = ELEMENT_CODES.get(element);
    if (code === undefined) return;
    const mask = MASKS[code] as number;
    this.#reserve(1);
    this.bytes[this.length++] = ELEMENT_MARK | code;
    for (let i = 0; i < attributes.count; i++) {
      const taken = this.#codeOf(attributes, i);
      if (taken >= 0 && (mask & (1 << taken)) !== 0) this.#value(taken, attributes, i);
    }
  }

  /** Adds bytes that were taken before. */
  append(from: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    const { bytes } = this;
    let at = this.length;
    for (let i = start; i < end; i++) bytes[at++] = from[i] as number;
    this.length = at;
  }

  #codeOf(attributes: Attributes, index: number): number {
    const number = attributes.number(index);
    const known = this.#codes[number];
    if (known !== undefined) return known;
    const code = ATTRIBUTE_CODES.get(attributes.name(index)) ?? -1;
    this.#codes[number] = code;
    return code;
  }

  #value(code: number, attributes: Attributes, index: number): void {
    const [start, end] = [attributes.from(index), attributes.to(index)];
    this.#reserve(5);
    this.bytes[this.length++] = code;
    for (let shift = 0; shift < 32; shift += 8) this.bytes[this.length++] = (end - start) >>> shift;
    this.append(attributes.bytes, start, end);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
