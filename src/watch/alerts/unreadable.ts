import type { Log } from '../log.ts';
import type { AlertBook } from './book.ts';
import type { Clerk } from './clerk.ts';

interface Readers {
  readonly book: Pick<AlertBook, 'unreadable'>;
  readonly clerk: Pick<Clerk, 'unreadable'>;
}

/** What the store holds of alerts and nobody can read: said, since all else goes on without it. */
export class Unreadable {
  readonly #readers: Readers;
  readonly #log: Log;
  #told: ReadonlySet<string> = new Set();

  constructor(readers: Readers, log: Log) {
    this.#readers = readers;
    this.#log = log;
  }

  get troubles(): readonly string[] {
    return this.#all.map((what) => `cannot read ${what} of the store: it is damaged, and nothing comes of it; ${remedyOf(what)}`);
  }

  /** Writes into the log what it has not said yet. */
  tell(): void {
    const all = this.#all;
    for (const what of all) if (!this.#told.has(what)) this.#log.error({ what }, 'a row of the store is damaged');
    this.#told = new Set(all);
  }

  get #all(): readonly string[] {
    return [...this.#readers.book.unreadable, ...this.#readers.clerk.unreadable];
  }
}

const remedyOf = (what: string): string => {
  const made = /^(?:rule|channel)\b/.test(what) ? 'make it anew, or ' : '';
  return `${made}put back a copy with "rollcall restore"`;
};
