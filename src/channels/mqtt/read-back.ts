import { randomUUID } from 'node:crypto';
import type { Millis } from '../../core/index.ts';
import type { Board } from './board.ts';
import { inTime } from './in-time.ts';
import type { Heard, Session } from './session.ts';
import { companionsOf, isOurs, type Topics } from './topics.ts';

/** How long a broker may take for one question. */
const PATIENCE: Millis = 10_000;
const SILENT = 'it does not tell what it keeps';
/** Topics of one question where there are many: brokers drop what does not fit between them and us. */
const ABREAST = 200;
/** Up to so many messages all is asked at once, whoever left it there. */
const FEW = 3000;

/** What is ours and kept by the broker: whoever else wrote there, and what we left there before. */
export class ReadBack {
  readonly #topics: Topics;
  readonly #board: Board;
  #awaited = { nonce: '', resolve: (): void => {} };

  constructor(topics: Topics, board: Board) {
    this.#topics = topics;
    this.#board = board;
  }

  hear({ topic, payload, kept }: Heard): void {
    const { nonce, resolve } = this.#awaited;
    if (topic === this.#topics.echo && !kept && Buffer.from(payload).toString('latin1') === nonce) resolve();
    if (kept && isOurs(this.#topics, topic)) this.#board.found(topic, payload);
  }

  /** Rejects with a Refusal where we may not ask, else when the session is lost, or tells nothing in time. */
  async read(session: Session): Promise<void> {
    const { root, echo, command } = this.#topics;
    await inTime(session.listen([echo], 0), PATIENCE, SILENT);
    // First who there is: short messages, however many they are.
    await this.#ask(session, [`${root}/+/+/state`, `${root}/incident/+`, command]);
    for (const topic of this.#board.unwanted) for (const other of companionsOf(this.#topics, topic)) this.#board.suspect(other);
    for (const filters of this.#others()) await this.#ask(session, filters);
    await session.unlisten([echo]);
    this.#board.compare();
  }

  /** What else to ask: everything, or where that may be too much, only what should be there. */
  *#others(): Generator<readonly string[]> {
    const { root, discovery, node } = this.#topics;
    if (this.#board.known <= FEW / 3 && this.#board.size <= FEW) {
      yield [`${root}/+/+/attributes`];
      if (discovery !== null) yield [`${discovery}/+/${node}/+/config`];
      return;
    }
    const rest = [...this.#board.topics].filter((topic) => /\/(?:attributes|config)$/.test(topic));
    for (let from = 0; from < rest.length; from += ABREAST) yield rest.slice(from, from + ABREAST);
  }

  /** Without a receipt for each message: of more than some hundred that wait for one, brokers drop the rest, too. */
  async #ask(session: Session, filters: readonly string[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const nonce = randomUUID();
    this.#awaited = { nonce, resolve };
    const asking = async (): Promise<void> => {
      await session.listen(filters, 0);
      // It comes back after everything that is kept.
      await session.publish({ topic: this.#topics.echo, payload: nonce, qos: 1, retain: false });
      await promise;
      await session.unlisten(filters);
    };
    await inTime(asking(), PATIENCE, SILENT).catch((fault: unknown) => {
      session.unlisten(filters).catch(() => {}); // else all that we show would come back
      throw fault;
    });
  }
}
