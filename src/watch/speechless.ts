import type { Mac, Sighting } from '../core/index.ts';

/** Cards that said something before they had an address, and what of it is kept. */
const CARDS = 256;
const WORDS_KEPT = 8;

/** What cards said of themselves before they had an address: DHCP names them first. Bounded, those who spoke last stay. */
export class Speechless {
  readonly #said = new Map<Mac, Sighting[]>();

  keep(sighting: Sighting): void {
    if (sighting.names.length + sighting.clues.length === 0) return;
    const words = this.#said.get(sighting.mac) ?? [];
    this.#said.delete(sighting.mac);
    this.#said.set(sighting.mac, [...words, sighting].slice(-WORDS_KEPT));
    const [oldest] = this.#said.keys();
    if (this.#said.size > CARDS && oldest !== undefined) this.#said.delete(oldest);
  }

  /** What a card said; it is not kept any longer. */
  take(mac: Mac): readonly Sighting[] {
    const words = this.#said.get(mac) ?? [];
    this.#said.delete(mac);
    return words;
  }
}
