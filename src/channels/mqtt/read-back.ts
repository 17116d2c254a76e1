import { randomUUID } from 'node:crypto';
import type { Board } from './board.ts';
import type { Heard, Session } from './session.ts';
import { isOurs, type Topics } from './topics.ts';

/** How long a broker may take to tell what it keeps, in ms. */
const PATIENCE = 10_000;

/** What is ours and kept by the broker: whoever else wrote there, and what we left there before. */
export class ReadBack {
  readonly #topics: Topics;
  readonly #board: Board;
  /** Comes back after everything that is kept. */
  readonly #nonce = randomUUID();
  readonly #whole = Promise.withResolvers<true>();

  constructor(topics: Topics, board: Board) {
    this.#topics = topics;
    this.#board = board;
  }

  hear({ topic, payload, kept }: Heard): void {
    if (topic === this.#topics.echo && !kept && Buffer.from(payload).toString('latin1') === this.#nonce) this.#whole.resolve(true);
    if (kept && isOurs(this.#topics, topic)) this.#board.found(topic, payload);
  }

  /** Resolves to whether everything was told; false: we may not listen here, or it took too long. Rejects when the session is lost. */
  async read(session: Session): Promise<boolean> {
    const { root, discovery, node, echo } = this.#topics;
    const filters = [`${root}/#`, ...(discovery === null ? [] : [`${discovery}/+/${node}/+/config`])];
    this.#board.forget();
    // Without a receipt each: of more than some hundred that wait for one, brokers drop the rest.
    const listening = await session.listen(filters, 0).then(
      () => true,
      () => false,
    );
    await session.publish({ topic: echo, payload: this.#nonce, qos: 1, retain: false });
    const whole = listening && (await Promise.race([this.#whole.promise, after(PATIENCE)]));
    if (listening) await session.unlisten(filters);
    this.#board.compare();
    return whole;
  }
}

const after = (length: number): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), length).unref());
