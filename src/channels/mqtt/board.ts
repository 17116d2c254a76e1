import { hash } from 'node:crypto';
import type { PageChange } from './pages.ts';

/** Kept messages of strangers that we take note of at most. */
const MOST_FOUND = 100_000;

/** What should stand at the broker, what does as far as we know, and what is therefore due. */
export class Board {
  readonly #wanted = new Map<string, string>();
  /** Digests; a topic that is not in it has no message, or we do not know of it. */
  readonly #there = new Map<string, string>();
  #due = new Set<string>();

  /** How many messages should stand there, and of how many we know that they do. */
  get size(): number {
    return this.#wanted.size;
  }
  get known(): number {
    return this.#there.size;
  }

  get topics(): Iterable<string> {
    return this.#wanted.keys();
  }

  /** What stands there for nothing. */
  get unwanted(): readonly string[] {
    return [...this.#there.keys()].filter((topic) => !this.#wanted.has(topic));
  }

  want(changes: readonly PageChange[]): void {
    for (const { topic, payload } of changes) {
      if (payload === null) this.#wanted.delete(topic);
      else this.#wanted.set(topic, payload);
      this.#due.delete(topic); // whatever changes last goes last
      this.#due.add(topic);
    }
  }

  /** Nothing is known of the broker (any more). */
  forget(): void {
    this.#there.clear();
    this.#due = new Set(this.#wanted.keys());
  }

  /** A message that the broker has kept. */
  found(topic: string, payload: Uint8Array): void {
    if (this.#there.size < MOST_FOUND) this.#there.set(topic, digestOf(payload));
  }

  /** A message that the broker may have kept. */
  suspect(topic: string): void {
    if (!this.#there.has(topic)) this.#there.set(topic, '');
  }

  /** After everything was found: what nobody wants is to go, and what is as it should be is not sent. */
  compare(): void {
    for (const topic of this.unwanted) this.#due.add(topic);
  }

  /** The next that are due, as they are wanted now. To be settled before more are taken. */
  take(count: number): readonly PageChange[] {
    const taken: PageChange[] = [];
    for (const topic of this.#due) {
      if (taken.length === count) break;
      this.#due.delete(topic);
      const payload = this.#wanted.get(topic) ?? null;
      const there = this.#there.get(topic);
      const same = payload === null ? there === undefined : there === digestOf(payload);
      if (!same) taken.push({ topic, payload });
    }
    return taken;
  }

  /** The broker has it. */
  settle({ topic, payload }: PageChange): void {
    if (payload === null) this.#there.delete(topic);
    else this.#there.set(topic, digestOf(payload));
  }
}

const digestOf = (payload: string | Uint8Array): string => hash('sha1', payload, 'base64');
