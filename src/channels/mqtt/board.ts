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
  readonly #refused = new Set<string>();
  #left: readonly string[] = [];
  #stays: (topic: string) => boolean = () => false;

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
    return [...this.#there.keys()].filter((topic) => !this.#wanted.has(topic) && !this.#stays(topic));
  }

  /** Whether it is not for us to take away. */
  stays(topic: string): boolean {
    return this.#stays(topic);
  }

  want(changes: readonly PageChange[]): void {
    for (const { topic, payload } of changes) {
      if (payload === null) this.#wanted.delete(topic);
      else this.#wanted.set(topic, payload);
      this.#refused.delete(topic);
      this.#due.delete(topic); // whatever changes last goes last
      this.#due.add(topic);
    }
  }

  /** Nothing of ours is to stand there any more, but for what others show, too. What was said last goes first. */
  clear(stays: (topic: string) => boolean): void {
    this.#stays = stays;
    this.#left = [...this.#wanted.keys()].reverse();
    this.#wanted.clear();
    this.#due.clear();
    this.#suspectLeft();
    this.compare();
  }

  /** Nothing is known of the broker (any more). */
  forget(): void {
    this.#there.clear();
    this.#refused.clear();
    this.#due = new Set(this.#wanted.keys());
    this.#suspectLeft();
  }

  /** A message that the broker has kept. */
  found(topic: string, payload: Uint8Array): void {
    if (this.#there.size < MOST_FOUND) this.#there.set(topic, digestOf(payload));
  }

  /** A message that the broker may have kept. */
  suspect(topic: string): void {
    if (!this.#there.has(topic)) this.#there.set(topic, '');
  }

  #suspectLeft(): void {
    for (const topic of this.#left.filter((one) => !this.#stays(one))) {
      this.suspect(topic);
      this.#due.add(topic);
    }
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

  /** The broker did not take it; it is due again when it changes, or is tried again. */
  refuse(topic: string): void {
    this.#refused.add(topic);
  }

  /** What was refused is due again. Whether it was, and is still wanted. */
  retry(topic: string): boolean {
    if (this.#refused.has(topic)) this.#due.add(topic);
    return this.#refused.has(topic);
  }

  retryAll(): void {
    for (const topic of this.#refused) this.#due.add(topic);
    this.#refused.clear();
  }

  /** The broker has it. */
  settle({ topic, payload }: PageChange): void {
    this.#refused.delete(topic);
    if (payload === null) this.#there.delete(topic);
    else this.#there.set(topic, digestOf(payload));
  }
}

const digestOf = (payload: string | Uint8Array): string => hash('sha1', payload, 'base64');
