import type { Sink } from '../world.ts';
import { Died } from './died.ts';
import { isSystemFault } from './system-words.ts';

/** Text is handed on in pieces of this many characters. */
const PIECE = 64 * 1024;

/** Where a comparison is written: piece by piece, waiting for a slow reader, noticing one that has gone. */
export class Out {
  readonly #sink: Sink;
  #held: string[] = [];
  #length = 0;
  #fault: Error | null = null;

  constructor(sink: Sink) {
    this.#sink = sink;
    sink.on('error', (fault) => {
      this.#fault ??= fault;
    });
  }

  write(text: string): void {
    if (text === '') return;
    this.#held.push(text);
    this.#length += text.length;
  }

  /** Whether enough has come together to be handed on: then wait for {@link flush}. */
  get full(): boolean {
    return this.#length >= PIECE;
  }

  /** Hands on what came together, and waits until it is taken. Throws {@link Died} when it cannot be written. */
  async flush(): Promise<void> {
    const text = this.#held.join('');
    this.#held = [];
    this.#length = 0;
    if (text !== '') await this.#handOn(text); // to a full disk even nothing cannot be written
    if (this.#fault)
      throw new Died(`writing the result: ${isSystemFault(this.#fault) ? this.#fault.message : String(this.#fault)}`, 'ours');
  }

  end(): Promise<void> {
    return this.flush();
  }

  #handOn(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#sink.write(text, () => resolve());
    });
  }
}
