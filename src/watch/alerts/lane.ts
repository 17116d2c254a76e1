import {
  type Channel,
  type ChannelMaker,
  type ChannelSetup,
  type Clock,
  type Delivery,
  Fault,
  type Message,
  type Millis,
  type Notification,
  type StopSignal,
} from '../../core/index.ts';
import { messageOf, nextTo, settle, type Terms, wholeTimeIn } from '../../rules/index.ts';
import type { Log } from '../log.ts';
import type { Clerk, Work } from './clerk.ts';

export interface LaneParts {
  readonly clerk: Clerk;
  readonly clock: Clock;
  readonly log: Log;
  /** null: nothing can be told from here. */
  readonly maker: () => Promise<ChannelMaker | null>;
  readonly dice: () => number;
  readonly terms: () => Terms;
  /** A lane has nothing to do at the moment. */
  readonly idle: () => void;
}

/** What one message may take before its channel is told to give up, and how long that may take then. */
const CAP: { readonly send: Millis; readonly giveUp: Millis; readonly close: Millis } = { send: 20_000, giveUp: 2000, close: 2000 };

/** What keeps a channel from delivering. */
export interface Hindrance {
  readonly reason: string;
  /** When the message was written that waits longest. */
  readonly since: number;
}

type Refusal = Extract<Delivery, { readonly outcome: 'refused' }>;

/** The way to one channel: what is to be told there, one after another. Lanes know nothing of each other, so none can hold up another. */
export class Lane {
  readonly #parts: LaneParts;
  readonly #stop = new AbortController();
  readonly #cut = new AbortController();
  #setup: ChannelSetup;
  #channel: Promise<Channel> | null = null;
  #running: Promise<void> | null = null;
  #closing: Promise<unknown> = Promise.resolve();
  #hindrance: Hindrance | null = null;
  /** What is told past the outbox. */
  #urgent: Promise<unknown> = Promise.resolve();

  constructor(setup: ChannelSetup, parts: LaneParts) {
    this.#setup = setup;
    this.#parts = parts;
  }

  get name(): string {
    return this.#setup.name;
  }
  get setup(): ChannelSetup {
    return this.#setup;
  }
  /** Whether something is under way. */
  get isBusy(): boolean {
    return this.#running !== null;
  }
  /** null: the last message got through, or nothing was sent yet. */
  get hindrance(): Hindrance | null {
    return this.#hindrance;
  }

  /** There may be something to send. */
  poke(): void {
    if (this.#running !== null || this.#stop.signal.aborted || this.#next() === null) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      this.poke(); // something may have become due in the very moment of the end
      this.#parts.idle();
    });
  }

  /** Tells something that cannot wait for the store, nor for what waits for it here. */
  tellAtOnce(message: Message): void {
    if (!this.#stop.signal.aborted) this.#urgent = Promise.all([this.#urgent, this.#send(message)]);
  }

  /** Takes another setup; what is under way still goes by the old one. `anew`: what the options do not say may be other, too. */
  reset(setup: ChannelSetup, anew: boolean): void {
    const isSame = JSON.stringify([setup.kind, setup.options]) === JSON.stringify([this.#setup.kind, this.#setup.options]);
    this.#setup = setup;
    if (isSame && !anew) return;
    this.#hindrance = null;
    const old = this.#channel;
    this.#channel = null;
    const idle = this.#running;
    if (old) this.#closing = Promise.all([this.#closing, idle]).then(() => this.#close(old));
  }

  /** Sends nothing more. What is under way may end within a grace, and is told to stop then. */
  async end(grace: Millis): Promise<void> {
    this.#stop.abort();
    const over = new AbortController();
    const cut = this.#parts.clock.sleep(grace, over.signal).then(() => this.#cut.abort());
    await Promise.all([this.#running, this.#urgent]);
    over.abort();
    await cut;
    await this.#closing;
    if (this.#channel) await this.#close(this.#channel);
    this.#channel = null;
  }

  #next(): Notification | null {
    const { clerk, clock, log } = this.#parts;
    try {
      return clerk.desk && nextTo(clerk.desk, this.name, clock.now());
    } catch (fault) {
      log.error({ channel: this.name, fault: String(fault) }, 'what to send could not be found');
      return null;
    }
  }

  async #run(): Promise<void> {
    for (let next = this.#next(); next && !this.#stop.signal.aborted; next = this.#next()) await this.#tell(next);
  }

  /** Sends one notification and keeps what became of it. */
  async #tell(notification: Notification): Promise<void> {
    const { clerk, terms, dice, log } = this.#parts;
    const message = this.#written(notification);
    const delivery = message === null ? UNREADABLE : await this.#send(message);
    if (delivery.outcome === 'refused') {
      if (this.#cut.signal.aborted) return; // nobody knows what became of it: the next start sends it again
      const { reason, again, what } = delivery;
      log.warn({ channel: this.name, notification: notification.id, reason, again, what }, 'notification was refused');
    }
    this.#hindrance = delivery.outcome === 'refused' ? hindranceOf(delivery, notification) : null;
    const settlement = { id: notification.id, sent: notification, delivery };
    // It has been sent: that must be kept even while we stop, or it is sent twice.
    const work: Work = (desk, now) => settle(desk, { ...settlement, terms: terms(), now, dice: dice() });
    if (!(await clerk.surely(work, this.#cut.signal))) this.#stop.abort(); // what cannot be kept must not be sent again and again
  }

  #written(notification: Notification): Message | null {
    const { clerk, terms, log } = this.#parts;
    try {
      return clerk.desk && messageOf(clerk.desk, notification, wholeTimeIn(terms().zone));
    } catch (fault) {
      log.error({ channel: this.name, notification: notification.id, fault: String(fault) }, 'a notification could not be written');
      return null;
    }
  }

  /** Never rejects and never hangs, whatever the channel does. */
  async #send(message: Message): Promise<Delivery> {
    const { clock } = this.#parts;
    const [late, done] = [new AbortController(), new AbortController()];
    const signal = AbortSignal.any([late.signal, this.#cut.signal]);
    const cap = (async (): Promise<Delivery> => {
      await clock.sleep(CAP.send, AbortSignal.any([done.signal, this.#cut.signal]));
      late.abort();
      await clock.sleep(CAP.giveUp, done.signal);
      return refused(`nothing came back within ${CAP.send / 1000} s`);
    })();
    try {
      return await Promise.race([this.#sendBy(message, signal), cap]);
    } finally {
      done.abort();
      await cap;
    }
  }

  async #sendBy(message: Message, signal: StopSignal): Promise<Delivery> {
    try {
      this.#channel ??= this.#open();
      const channel = await this.#channel;
      return await channel.send(message, signal);
    } catch (fault) {
      const remedy = fault instanceof Fault ? fault.remedy : undefined;
      return refused(fault instanceof Error ? fault.message : String(fault), remedy);
    }
  }

  async #open(): Promise<Channel> {
    try {
      const maker = await this.#parts.maker();
      if (maker === null) throw new Fault('unavailable', `opening channel ${this.name}: nothing can be told from here`, 'start the daemon');
      return await maker.open(this.#setup.kind, this.#setup.options);
    } catch (fault) {
      this.#channel = null; // what could not be opened may be by the next time
      throw fault;
    }
  }

  async #close(opened: Promise<Channel>): Promise<void> {
    const over = new AbortController();
    const closing = opened.then((channel) => channel.close?.()).catch(() => {}); // what was never opened needs no closing
    const cap = this.#parts.clock.sleep(CAP.close, over.signal);
    await Promise.race([closing, cap]);
    over.abort();
    await cap;
  }
}

/** One message that is not taken is no trouble of its channel. */
const hindranceOf = ({ reason, what, again }: Refusal, { madeAt }: Notification): Hindrance | null =>
  what === 'message' && !again ? null : { reason, since: madeAt };

const UNREADABLE: Refusal = {
  outcome: 'refused',
  reason: 'it could not be written',
  remedy: 'the log of the daemon says why',
  what: 'message',
  again: false,
  after: null,
};

const refused = (reason: string, remedy = 'look whether the receiver can be reached'): Refusal => ({
  outcome: 'refused',
  reason,
  remedy,
  what: 'channel',
  again: true,
  after: null,
});
