import { type AddressRange, parseAddress } from '../core/index.ts';

/** Addresses as they come. Scanners go up address by address, so a whole block is mostly one range. */
export class AddressDraft {
  readonly #ranges: AddressRange[] = [];

  /** Neither sorted nor disjoint. */
  get ranges(): readonly AddressRange[] {
    return this.#ranges;
  }

  /** Text that is no address is passed over. */
  add(address: string): void {
    const value = parseAddress(address);
    if (value === undefined) return;
    const last = this.#ranges.at(-1);
    if (last?.family === value.family && last.last + 1n === value.value)
      this.#ranges[this.#ranges.length - 1] = { ...last, last: value.value };
    else this.#ranges.push({ family: value.family, first: value.value, last: value.value });
  }
}
