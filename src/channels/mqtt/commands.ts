import { type Clock, Fault, type MirrorKeeper } from '../../core/index.ts';
import { readOrder } from './orders.ts';
import { json } from './page.ts';
import type { Heard, Sheet } from './session.ts';
import type { Topics } from './topics.ts';

/** Commands in a minute, good or bad; what comes beyond is not even read. */
const MOST = 30;
const MINUTE = 60_000;

interface CommandParts {
  readonly topics: Topics;
  readonly clock: Clock;
  readonly keeper: MirrorKeeper;
}

/** What is sent to the topic of commands, by whomever. */
export class Commands {
  readonly #parts: CommandParts;
  #minute = { since: Number.NEGATIVE_INFINITY, count: 0 };
  #say: (sheet: Sheet) => Promise<void> = async () => {};

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  /** Answers go here from now on. */
  open(say: (sheet: Sheet) => Promise<void>): void {
    this.#say = say;
  }

  hear({ payload, kept }: Heard): void {
    // Kept by the broker, it would be carried out again at each start.
    if (kept || payload.length === 0 || this.#isTooMuch()) return;
    const read = readOrder(payload);
    if (!read.ok) return this.#answer(false, `${read.reason}; ${read.remedy}`);
    this.#parts.keeper.order(read.value).then(
      (done) => this.#answer(true, done),
      (thrown: unknown) => this.#fail(thrown),
    );
  }

  #isTooMuch(): boolean {
    const now = this.#parts.clock.monotonic();
    if (now - this.#minute.since >= MINUTE) this.#minute = { since: now, count: 0 };
    this.#minute.count++;
    if (this.#minute.count === MOST + 1) this.#parts.keeper.note('warn', { most: MOST }, 'more MQTT commands than are taken in a minute');
    return this.#minute.count > MOST;
  }

  #fail(thrown: unknown): void {
    if (thrown instanceof Fault) return this.#answer(false, thrown.message);
    this.#parts.keeper.note('warn', { fault: String(thrown) }, 'an MQTT command failed');
    this.#answer(false, 'it failed; the log says why');
  }

  #answer(done: boolean, text: string): void {
    const { keeper, topics } = this.#parts;
    keeper.note(done ? 'info' : 'warn', { text }, done ? 'an MQTT command was carried out' : 'an MQTT command was not carried out');
    this.#say({ topic: topics.answer, payload: json({ done, text }), qos: 0, retain: false }).catch(() => {}); // whoever is gone needs none
  }
}
