import type { Clock, Millis, Mirror, MirrorKeeper, Picture, StopSignal } from '../../core/index.ts';
import { deadline } from '../exchange/deadline.ts';
import { Board } from './board.ts';
import { type Broker, placeOf, readBroker } from './broker.ts';
import { certificatesIn } from './dial.ts';
import { incidentNews } from './incident-news.ts';
import { kept } from './outlet.ts';
import { Pages } from './pages.ts';
import { inBoth, isAllOf, type Place } from './place.ts';
import { openSession, type Session } from './session.ts';
import { type Asking, type Leaving, Showing } from './showing.ts';
import { inSlices } from './slices.ts';
import { type Topics, topicsOf } from './topics.ts';

export interface MqttMirrorOptions {
  /** mqtt://user:password@host:1883 or mqtts:// */
  readonly url: string;
  /** First levels of all our topics. */
  readonly topic: string;
  readonly site: string;
  /** Where Home Assistant looks for what there is; null: it is not told. */
  readonly discovery: string | null;
  /** File of certificates to trust beside those of the system; null: none. */
  readonly ca: string | null;
  readonly version: string;
  readonly clock: Clock;
  /** 0..1, so that many do not come back at once. */
  readonly dice: () => number;
}

/** First pause after a connection was lost or refused, and the longest. */
const FIRST_PAUSE: Millis = 1000;
const LONGEST_PAUSE: Millis = 60_000;
/** A connection that held this long was a good one. */
const STEADY: Millis = 30_000;
/** What happened while nobody listened, at most. */
const MOST_NEWS = 100;
/** How long it may take to take leave, and to take everything away. */
const TO_PART: Millis = 3000;
const TO_CLEAR: Millis = 15_000;

/** Shows the network on a broker, for Home Assistant and others. Fault bad-input for what can never work; it connects when it starts. */
export function createMqttMirror(options: MqttMirrorOptions): Mirror {
  return new MqttMirror(options, readBroker(options.url), topicsOf(options));
}

class MqttMirror implements Mirror {
  readonly name: string;
  readonly #options: MqttMirrorOptions;
  readonly #broker: Broker;
  readonly #topics: Topics;
  readonly #pages: Pages;
  readonly #board = new Board();
  readonly #end = new AbortController();
  /** The first picture: before it nobody knows what of us is kept for nothing. */
  readonly #first = Promise.withResolvers<void>();
  readonly #nap = new AbortController();
  #life: Promise<void> = Promise.resolve();
  #keeper: MirrorKeeper | null = null;
  #next: Picture | null = null;
  #last: Picture | null = null;
  #taking: Promise<void> | null = null;
  #news: string[] = [];
  #showing: Showing | null = null;
  #closing = false;
  #leaving: Leaving = 'offline';
  #asking: Asking = 'well';
  /** Why the last connection ended; null: it was enough. */
  #ended: string | null = NOT_YET;
  /** undefined: it was neither shown nor in trouble yet. */
  #trouble: string | null | undefined;

  constructor(options: MqttMirrorOptions, broker: Broker, topics: Topics) {
    this.#options = options;
    this.#broker = broker;
    this.#topics = topics;
    this.#pages = new Pages({ topics, site: options.site, version: options.version });
    this.name = `MQTT broker ${placeOf(broker)}`;
  }

  start(keeper: MirrorKeeper): void {
    this.#keeper = keeper;
    this.#life = this.#live(keeper);
  }

  show(picture: Picture): void {
    this.#next = picture;
    this.#taking ??= this.#take().finally(() => (this.#taking = null));
  }

  /** Of ten thousand devices it takes a while; of pictures that come meanwhile only the last counts. */
  async #take(): Promise<void> {
    for (let picture = this.#next; picture !== null; picture = this.#next) {
      this.#next = null;
      this.#board.want(await inSlices(this.#pages.take(picture)));
      if (this.#last !== null) this.#news.push(...incidentNews(this.#last.incidents, picture.incidents));
      this.#news = this.#news.slice(-MOST_NEWS);
      this.#last = picture;
      this.#first.resolve();
      this.#showing?.rouse();
    }
  }

  async close(): Promise<void> {
    await this.#part(this.#showing === null ? 0 : TO_PART);
  }

  async clear(next: Mirror | null, signal: StopSignal): Promise<string | null> {
    const stays = next instanceof MqttMirror ? inBoth(this.#place, next.#place) : () => false;
    if (this.#keeper === null || isAllOf(this.#topics, stays)) {
      await this.close();
      return null;
    }
    const { signal: over, why, done } = deadline(signal, TO_CLEAR);
    over.addEventListener('abort', () => this.#end.abort(), { once: true });
    if (over.aborted) this.#end.abort();
    this.#leaving = 'cleared';
    await this.#taking;
    this.#board.clear(stays);
    await this.#part(TO_CLEAR);
    // Whoever was not there is visited once more.
    if (this.#ended !== null && !over.aborted) await this.#visit(this.#keeper);
    done();
    return over.aborted ? why() : this.#ended;
  }

  get #place(): Place {
    return { broker: this.#broker, topics: this.#topics };
  }

  /** Lets what goes on come to its end, for so long. */
  async #part(most: Millis): Promise<void> {
    this.#closing = true;
    await this.#taking;
    this.#first.resolve();
    this.#nap.abort();
    this.#showing?.finish(this.#leaving);
    const late = setTimeout(() => this.#end.abort(), most);
    await this.#life;
    clearTimeout(late);
  }

  async #live(keeper: MirrorKeeper): Promise<void> {
    const { clock, dice } = this.#options;
    await this.#first.promise;
    let pause = FIRST_PAUSE;
    while (!this.#closing) {
      const began = clock.monotonic();
      const why = await this.#visit(keeper);
      if (why === null || this.#closing) return;
      this.#tell(keeper, `${this.name}: ${why}`, 'is not reached; it is tried again');
      if (clock.monotonic() - began >= STEADY) pause = FIRST_PAUSE;
      await clock.sleep(pause * (0.5 + dice() / 2), this.#nap.signal);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** One connection. Resolves to why it could not be made or was lost; null: it was enough. */
  async #visit(keeper: MirrorKeeper): Promise<string | null> {
    const [broker, topics] = [this.#broker, this.#topics];
    const showing = this.#newShowing(keeper);
    // Two of us with one name would turn each other out: that is seen, where two that delete each other's entities are not.
    const clientId = `rollcall_${topics.node}`;
    const order = { broker, clientId, will: kept(topics.status, 'offline'), signal: this.#end.signal };
    try {
      const ca = await certificatesIn(this.#options.ca);
      const session = await openSession({ ...order, ca, heard: (message) => showing.hear(message) });
      await this.#during(session, showing);
      this.#ended = null;
    } catch (fault) {
      this.#ended = fault instanceof Error ? fault.message : String(fault);
    }
    return this.#ended;
  }

  #newShowing(keeper: MirrorKeeper): Showing {
    const [topics, board, { clock }] = [this.#topics, this.#board, this.#options];
    const news = (): string[] => this.#news.splice(0);
    const shown = (refused: string | null): void =>
      this.#tell(keeper, refused === null ? null : `${this.name}: ${refused}`, 'does not take everything');
    return new Showing({ topics, board, clock, keeper, news, asking: this.#asking, shown });
  }

  async #during(session: Session, showing: Showing): Promise<void> {
    this.#showing = showing;
    try {
      if (this.#closing) showing.finish(this.#leaving);
      await showing.run(session);
    } finally {
      this.#showing = null;
      // Whoever breaks off when asked is told everything the next time.
      this.#asking = showing.asking;
      await session.end();
    }
  }

  #tell(keeper: MirrorKeeper, trouble: string | null, what: string): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    keeper.trouble(trouble);
    if (trouble === null) keeper.note('info', { messages: this.#board.size }, `${this.name} shows what there is`);
    else keeper.note('warn', { trouble }, `${this.name} ${what}`);
  }
}

const NOT_YET = 'it was not reached yet';
