import type { Board } from './board.ts';
import { inTime } from './in-time.ts';
import type { PageChange } from './pages.ts';
import { Refusal } from './reasons.ts';
import { Refused } from './refused.ts';
import type { Session, Sheet } from './session.ts';
import type { Topics } from './topics.ts';

export interface OutletParts {
  readonly topics: Topics;
  readonly board: Board;
  readonly session: Session;
  /** What the broker takes is other than before. */
  readonly news: () => void;
}

/** Messages on their way at once, and how long a broker may take for them, in ms. */
const ABREAST = 100;
const TO_TAKE = 30_000;

/** What goes out over one connection. What the broker does not take is borne, and keeps nothing else back. */
export class Outlet {
  readonly refused: Refused;
  readonly #parts: OutletParts;

  constructor(parts: OutletParts) {
    this.#parts = parts;
    this.refused = new Refused(parts.topics);
  }

  /** Until the broker has them, or has refused them. Rejects when the connection is lost. */
  async put(...sheets: readonly Sheet[]): Promise<void> {
    await taken(Promise.all(sheets.map((sheet) => this.#put(sheet))));
  }

  async listen(topic: string): Promise<void> {
    await taken(this.#borne(topic, () => this.#parts.session.listen([topic], 1)));
  }

  /** All that is due on the board, while that is wanted. */
  async bringOut(goesOn: () => boolean): Promise<void> {
    const { board } = this.#parts;
    for (let pages = board.take(ABREAST); pages.length > 0 && goesOn(); pages = board.take(ABREAST))
      await taken(Promise.all(pages.map((page) => this.#page(page))));
  }

  /** One of each kind that was refused is to be tried again: access lists change, and nobody tells. `other`: what is not of the board. */
  async retry(other: (topic: string) => Promise<void> | undefined): Promise<void> {
    for (const topic of this.refused.samples) {
      const trying = other(topic);
      if (trying !== undefined) await trying;
      else if (!this.#parts.board.retry(topic)) this.#clear(topic);
    }
    if (this.refused.samples.length > 0) this.#parts.news();
  }

  /** Whether the broker has it. */
  #put(sheet: Sheet): Promise<boolean> {
    return this.#borne(sheet.topic, () => this.#parts.session.publish(sheet));
  }

  async #page(page: PageChange): Promise<void> {
    const { board } = this.#parts;
    if (await this.#put(kept(page.topic, page.payload ?? ''))) board.settle(page);
    else board.refuse(page.topic);
  }

  async #borne(topic: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      if (this.refused.add(topic, thrown.message)) this.#parts.news();
      return false;
    }
    this.#clear(topic);
    return true;
  }

  #clear(topic: string): void {
    if (!this.refused.clear(topic)) return;
    this.#parts.board.retryAll();
    this.#parts.news();
  }
}

export const kept = (topic: string, payload: string): Sheet => ({ topic, payload, qos: 1, retain: true });

/** A broker that takes nothing while it says that it lives is as good as none. */
const taken = (publishing: Promise<unknown>): Promise<void> => inTime(publishing, TO_TAKE, 'it took no message');
