import type { Clock, Millis, Mirror, MirrorKeeper, Picture } from '../../core/index.ts';
import { Board } from './board.ts';
import { type Broker, placeOf, readBroker } from './broker.ts';
import { certificatesIn } from './dial.ts';
import { incidentNews } from './incident-news.ts';
import { Pages } from './pages.ts';
import { openSession, type Session } from './session.ts';
import { kept, Showing } from './showing.ts';
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
/** How long it may take to take leave. */
const TO_PART: Millis = 3000;

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
  #life: Promise<void> = Promise.resolve();
  #next: Picture | null = null;
  #last: Picture | null = null;
  #taking: Promise<void> | null = null;
  #news: string[] = [];
  #showing: Showing | null = null;
  #closing = false;
  #asks = true;
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
    this.#closing = true;
    await this.#taking;
    this.#first.resolve();
    this.#showing?.finish();
    const late = setTimeout(() => this.#end.abort(), this.#showing === null ? 0 : TO_PART);
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
      this.#tell(keeper, `${this.name}: ${why}`);
      if (clock.monotonic() - began >= STEADY) pause = FIRST_PAUSE;
      await clock.sleep(pause * (0.5 + dice() / 2), this.#end.signal);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** One connection. Resolves to why it could not be made or was lost; null: it was enough. */
  async #visit(keeper: MirrorKeeper): Promise<string | null> {
    const { ca, clock } = this.#options;
    const [broker, topics, board] = [this.#broker, this.#topics, this.#board];
    const news = (): string[] => this.#news.splice(0);
    const showing = new Showing({ topics, board, clock, keeper, news, asks: this.#asks });
    // Two of us with one name would turn each other out: that is seen, where two that delete each other's entities are not.
    const clientId = `rollcall_${topics.node}`;
    const order = { broker, clientId, will: kept(topics.status, 'offline'), signal: this.#end.signal };
    try {
      const certificates = await certificatesIn(ca);
      const session = await openSession({ ...order, ca: certificates, heard: (message) => showing.hear(message) });
      await this.#during(session, showing, () => this.#tell(keeper, null));
      return null;
    } catch (fault) {
      return fault instanceof Error ? fault.message : String(fault);
    }
  }

  async #during(session: Session, showing: Showing, shown: () => void): Promise<void> {
    this.#showing = showing;
    try {
      if (this.#closing) showing.finish();
      await showing.run(session, shown);
    } finally {
      this.#showing = null;
      // Whoever breaks off when asked is told everything the next time.
      this.#asks = showing.hasAsked;
      await session.end();
    }
  }

  #tell(keeper: MirrorKeeper, trouble: string | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    keeper.trouble(trouble);
    if (trouble === null) keeper.note('info', { messages: this.#board.size }, `${this.name} shows what there is`);
    else keeper.note('warn', { trouble }, `${this.name} is not reached; it is tried again`);
  }
}
