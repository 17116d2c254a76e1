import type { Clock, Instant, MirrorKeeper } from '../../core/index.ts';
import type { Board } from './board.ts';
import { Commands } from './commands.ts';
import { inTime } from './in-time.ts';
import { ReadBack } from './read-back.ts';
import type { Heard, Session, Sheet } from './session.ts';
import type { Topics } from './topics.ts';

export interface ShowingParts {
  readonly topics: Topics;
  readonly board: Board;
  readonly clock: Clock;
  readonly keeper: MirrorKeeper;
  /** Takes what happened since it was asked last. */
  readonly news: () => readonly string[];
  /** Whether the broker is asked what it keeps; else it is told everything. */
  readonly asks: boolean;
}

/** Messages on their way at once, and how long a broker may take for them, in ms. */
const ABREAST = 100;
const TO_TAKE = 30_000;
/** Home Assistant is told everything again at most this often. */
const REPEAT = 10_000;

/** What is done over one connection, from the first question what the broker has kept until it is lost, or enough. */
export class Showing {
  readonly #parts: ShowingParts;
  readonly #readBack: ReadBack;
  readonly #commands: Commands;
  #roused = Promise.withResolvers<void>();
  #isOver = false;
  #lost: string | null = null;
  #listening = false;
  #hasAsked = false;
  #repeatedAt: Instant | null = null;

  constructor(parts: ShowingParts) {
    this.#parts = parts;
    this.#readBack = new ReadBack(parts.topics, parts.board);
    this.#commands = new Commands(parts);
  }

  /** Something is due, perhaps. */
  rouse(): void {
    this.#roused.resolve();
  }

  /** Whether it came as far as to know what the broker keeps. */
  get hasAsked(): boolean {
    return this.#hasAsked;
  }

  /** Enough: it takes leave. */
  finish(): void {
    this.#isOver = true;
    this.rouse();
  }

  hear(message: Heard): void {
    const { topics } = this.#parts;
    if (!this.#listening) this.#readBack.hear(message);
    else if (message.topic === topics.command) this.#commands.hear(message);
    else if (message.topic === birthOf(topics) && !message.kept && String(message.payload) === 'online') this.#repeat();
  }

  /** Resolves when it is over, rejects when the connection is lost. `shown`: everything is as it should be, for the first time. */
  async run(session: Session, shown: () => void): Promise<void> {
    void session.lost.then((why) => {
      this.#lost = why;
      this.rouse();
    });
    await this.#begin(session);
    shown();
    while (!this.#isOver) {
      await this.#roused.promise;
      this.#roused = Promise.withResolvers<void>();
      if (this.#lost !== null) throw new Error(this.#lost);
      await this.#bringOut(session);
    }
    await session.publish(this.#standing('offline'));
  }

  async #begin(session: Session): Promise<void> {
    const { topics, keeper, board, asks } = this.#parts;
    board.forget();
    const whole = asks && (await this.#readBack.read(session));
    if (!whole) keeper.note('warn', {}, 'the MQTT broker did not tell what it keeps of us: what is gone may stay in Home Assistant');
    this.#hasAsked = true;
    this.#listening = true;
    await session.listen(
      [topics.command, birthOf(topics)].filter((topic) => topic !== null),
      1,
    );
    await this.#bringOut(session);
    // Last: until then what the broker has kept of us is of before.
    await session.publish(this.#standing('online'));
    this.#commands.open((sheet) => session.publish(sheet));
  }

  async #bringOut(session: Session): Promise<void> {
    const { board, news, topics } = this.#parts;
    for (let pages = board.take(ABREAST); pages.length > 0 && !this.#isOver; pages = board.take(ABREAST)) {
      await taken(Promise.all(pages.map(({ topic, payload }) => session.publish(kept(topic, payload ?? '')))));
      for (const page of pages) board.settle(page);
    }
    const told = news().map((payload): Sheet => ({ topic: topics.event, payload, qos: 1, retain: false }));
    await taken(Promise.all(told.map((sheet) => session.publish(sheet))));
  }

  /** Home Assistant has started: it may have missed what is kept. */
  #repeat(): void {
    const { board, clock } = this.#parts;
    const now = clock.monotonic();
    if (this.#repeatedAt !== null && now - this.#repeatedAt < REPEAT) return;
    this.#repeatedAt = now;
    board.forget();
    this.rouse();
  }

  #standing(payload: 'online' | 'offline'): Sheet {
    return kept(this.#parts.topics.status, payload);
  }
}

export const kept = (topic: string, payload: string): Sheet => ({ topic, payload, qos: 1, retain: true });

/** Where Home Assistant says that it has started; null: it is not there for us. */
const birthOf = ({ discovery }: Topics): string | null => (discovery === null ? null : `${discovery}/status`);

/** A broker that takes nothing while it says that it lives is as good as none. */
const taken = (publishing: Promise<unknown>): Promise<void> => inTime(publishing, TO_TAKE, 'it took no message');
