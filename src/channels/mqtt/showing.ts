import type { Clock, Instant, MirrorKeeper } from '../../core/index.ts';
import type { Board } from './board.ts';
import { Commands } from './commands.ts';
import { Late } from './in-time.ts';
import { kept, Outlet } from './outlet.ts';
import { ReadBack } from './read-back.ts';
import { Refusal } from './reasons.ts';
import { NOT_TOLD } from './refused.ts';
import type { Heard, Session, Sheet } from './session.ts';
import type { Topics } from './topics.ts';

export interface ShowingParts {
  readonly topics: Topics;
  readonly board: Board;
  readonly clock: Clock;
  readonly keeper: MirrorKeeper;
  /** Takes what happened since it was asked last. */
  readonly news: () => readonly string[];
  /** Whether the broker is asked what it keeps; else, as it was silent or lost when it was asked before, it is told everything. */
  readonly asking: Asking;
  /** Everything is as it should be (null), but for what the broker does not take, in words. */
  readonly shown: (refused: string | null) => void;
}

/** As offline, or when nothing of us is left. */
export type Leaving = 'offline' | 'cleared';

/** What became of the question what is kept. */
export type Asking = 'well' | 'silent' | 'lost';

/** Home Assistant is told everything again at most this often. */
const REPEAT = 10_000;
/** What it did not take is offered again this often. */
const RETRY = 60_000;

/** What is done over one connection, from the first question what the broker has kept until it is lost, or enough. */
export class Showing {
  readonly #parts: ShowingParts;
  readonly #readBack: ReadBack;
  readonly #commands: Commands;
  readonly #end = new AbortController();
  #roused = Promise.withResolvers<void>();
  #leaving: Leaving | 'not' = 'not';
  #lost: string | null = null;
  #listening = false;
  #asking: Asking = 'lost';
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

  get asking(): Asking {
    return this.#asking;
  }

  /** Enough: it takes leave. */
  finish(leaving: Leaving): void {
    this.#leaving = leaving;
    this.rouse();
  }

  hear(message: Heard): void {
    const { topics } = this.#parts;
    if (!this.#listening) this.#readBack.hear(message);
    else if (message.topic === topics.command) this.#commands.hear(message);
    else if (message.topic === birthOf(topics) && !message.kept && String(message.payload) === 'online') this.#repeat();
  }

  /** Resolves when it is over, rejects when the connection is lost. */
  async run(session: Session): Promise<void> {
    const { topics, board } = this.#parts;
    const outlet = new Outlet({ topics, board, session, news: () => this.rouse() });
    void session.lost.then((why) => {
      this.#lost = why;
      this.rouse();
    });
    try {
      await this.#begin(session, outlet);
      void this.#retry(outlet).catch(() => {}); // whoever is gone is seen elsewhere
      await this.#goOn(outlet);
    } finally {
      this.#end.abort();
    }
    if (this.#leaving === 'cleared') await this.#clear(outlet);
    else await outlet.put(this.#standing('offline'));
  }

  async #begin(session: Session, outlet: Outlet): Promise<void> {
    this.#parts.board.forget();
    await this.#ask(session, outlet);
    this.#asking = 'well';
    this.#listening = true;
    for (const topic of this.#heard) await outlet.listen(topic);
    await this.#bringOut(outlet);
    if (this.#leaving !== 'not') return;
    // Last: until then what the broker has kept of us is of before.
    await outlet.put(this.#standing('online'));
    this.#commands.open((sheet) => outlet.put(sheet));
  }

  async #goOn(outlet: Outlet): Promise<void> {
    while (this.#leaving === 'not') {
      this.#parts.shown(outlet.refused.words());
      await this.#roused.promise;
      this.#roused = Promise.withResolvers<void>();
      if (this.#lost !== null) throw new Error(this.#lost);
      await this.#bringOut(outlet);
    }
  }

  /** What the broker keeps of us. Where it may not be asked, it is told everything. */
  async #ask(session: Session, { refused }: Outlet): Promise<void> {
    const { topics, keeper, asking } = this.#parts;
    try {
      if (asking === 'well') return await this.#readBack.read(session);
      if (asking === 'silent') refused.add(topics.echo, NOT_TOLD);
    } catch (thrown) {
      if (thrown instanceof Late) this.#asking = 'silent';
      if (!(thrown instanceof Refusal)) throw thrown;
      refused.add(topics.echo, NOT_TOLD);
    }
    keeper.note('warn', {}, 'the MQTT broker did not tell what it keeps of us: what is gone may stay in Home Assistant');
  }

  async #bringOut(outlet: Outlet): Promise<void> {
    const { news, topics } = this.#parts;
    await outlet.bringOut(() => this.#leaving !== 'offline');
    if (this.#leaving !== 'not') return;
    await outlet.put(...news().map((payload): Sheet => ({ topic: topics.event, payload, qos: 1, retain: false })));
  }

  /** Nothing of us is left, nor what was brought out meanwhile; but for what others show in the same place. */
  async #clear(outlet: Outlet): Promise<void> {
    const { topics, board } = this.#parts;
    await this.#bringOut(outlet);
    await outlet.put(board.stays(topics.status) ? this.#standing('offline') : kept(topics.status, ''));
    const refused = outlet.refused.words();
    if (refused !== null) throw new Error(refused);
  }

  async #retry(outlet: Outlet): Promise<void> {
    const { clock, topics } = this.#parts;
    const other = async (topic: string): Promise<void> => {
      if (topic === topics.status) await outlet.put(this.#standing('online'));
      else if (this.#heard.includes(topic)) await outlet.listen(topic);
    };
    const said: ReadonlySet<string> = new Set([topics.event, topics.answer, topics.echo, topics.status, ...this.#heard]);
    while (!this.#end.signal.aborted) {
      await clock.sleep(RETRY, this.#end.signal);
      await outlet.retry((topic) => (said.has(topic) ? other(topic) : undefined));
    }
  }

  get #heard(): readonly string[] {
    const { topics } = this.#parts;
    return [topics.command, birthOf(topics)].filter((topic) => topic !== null);
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

/** Where Home Assistant says that it has started; null: it is not there for us. */
const birthOf = ({ discovery }: Topics): string | null => (discovery === null ? null : `${discovery}/status`);
