const MOST = 100;

/** Sentences about what was left out or replaced. Capped: a hostile document must not fill memory with complaints. */
export class Warnings {
  readonly #list: string[] = [];
  #more = 0;

  add(text: string): void {
    if (this.#list.length < MOST) this.#list.push(text);
    else this.#more++;
  }

  list(): string[] {
    return this.#more > 0 ? [...this.#list, `and ${this.#more} more of the kind`] : [...this.#list];
  }
}
