import type { Lease } from '../core/index.ts';
import type { Book } from './book.ts';
import type { AccessParts } from './parts.ts';

/** Where all that changes is done, one thing after the other: whoever looks and then writes must not be overtaken. */
export class Desk {
  readonly #parts: AccessParts;
  readonly #book: Book;
  readonly #listeners = new Set<() => void>();
  #last: Promise<unknown> = Promise.resolve();
  #fence: number | undefined;

  constructor(parts: AccessParts, book: Book) {
    this.#parts = parts;
    this.#book = book;
  }

  /** The right to write is ours while it runs, and the book is what the store holds. */
  inTurn<T>(work: (lease: Lease) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => work(await this.#lease()));
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Until everything that was begun is done. */
  async settled(): Promise<void> {
    await this.#last;
  }

  onLoss(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody lost rights. One listener that fails keeps no other from hearing of it. */
  tellLoss(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (fault) {
        this.#parts.log.warn({ fault: String(fault) }, 'a listener failed');
      }
    }
  }

  /** With the right to write comes what another process has written until then. */
  async #lease(): Promise<Lease> {
    const { store, lease, clock } = this.#parts;
    const held = await lease();
    if (held.fence !== this.#fence) {
      await this.#book.load(store, clock.now());
      this.#fence = held.fence;
      this.tellLoss();
    }
    return held;
  }
}
