import type { Address, Instant, PastSession } from '../../../core/index.ts';

/** Stretches of one device, packed: a table may have millions of rows, and what is kept of each must be small. */
export class SessionLog implements Iterable<PastSession> {
  #times = new Float64Array(4);
  /** Number of the address, doubled; odd: away. */
  #marks = new Uint32Array(2);
  readonly #addresses: (Address | null)[] = [];
  readonly #numbers = new Map<Address | null, number>();
  length = 0;

  /** Adds a stretch, or makes the last one longer when it is alike and begins within `gap` ms of its end. True when it was added. */
  add({ presence, from, to, address }: PastSession, gap: number): boolean {
    const mark = this.#numberOf(address) * 2 + (presence === 'away' ? 1 : 0);
    const last = this.length - 1;
    if (last >= 0 && this.#marks[last] === mark) {
      const [begun, ended] = [this.#times[last * 2] as number, this.#times[last * 2 + 1] as number];
      if (from >= begun && from <= ended + gap) {
        this.#times[last * 2 + 1] = Math.max(ended, to);
        return false;
      }
    }
    this.#push(mark, from, to);
    return true;
  }

  *[Symbol.iterator](): Generator<PastSession> {
    for (let i = 0; i < this.length; i++) {
      const mark = this.#marks[i] as number;
      yield {
        presence: mark % 2 === 1 ? 'away' : 'present',
        from: this.#times[i * 2] as number,
        to: this.#times[i * 2 + 1] as number,
        address: this.#addresses[mark >> 1] ?? null,
      };
    }
  }

  #push(mark: number, from: Instant, to: Instant): void {
    if (this.length === this.#marks.length) this.#grow();
    this.#marks[this.length] = mark;
    this.#times[this.length * 2] = from;
    this.#times[this.length * 2 + 1] = to;
    this.length++;
  }

  #grow(): void {
    const [times, marks] = [this.#times, this.#marks];
    this.#times = new Float64Array(times.length * 2);
    this.#marks = new Uint32Array(marks.length * 2);
    this.#times.set(times);
    this.#marks.set(marks);
  }

  #numberOf(address: Address | null): number {
    const known = this.#numbers.get(address);
    if (known !== undefined) return known;
    this.#numbers.set(address, this.#addresses.length);
    return this.#addresses.push(address) - 1;
  }
}
