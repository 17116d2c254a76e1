import type {
  Channel,
  ChannelMaker,
  ChannelSetup,
  ChannelTraits,
  Clock,
  Delivery,
  JsonObject,
  Message,
  Millis,
  OptionFault,
  StopSignal,
} from '../../src/core/index.ts';
import { channelOf, Fault } from '../../src/core/index.ts';

/** One message that came to a sink. */
export interface Received {
  readonly sink: string;
  readonly at: number;
  readonly message: Message;
}

/** What a sink makes of a message. */
export type Answer =
  | 'taken'
  /** Says nothing until it is told to stop; deaf: not even then. */
  | 'hangs'
  | 'deaf'
  /** Takes it after a while, whatever anybody says meanwhile. */
  | { readonly takes: Millis }
  | Partial<Extract<Delivery, { outcome: 'refused' }>>;

export type Answering = (message: Message, nth: number) => Answer;

const traits = (kind: string, edits: boolean): ChannelTraits => ({
  kind,
  what: `a sink of kind ${kind}`,
  edits,
  secrets: ['password'],
  options: [
    { key: 'to', what: 'name of the sink', needed: true },
    { key: 'password', what: 'anything', needed: false },
  ],
});

/** Channels to sinks that keep what comes to them, and answer as a test says. `pager` replaces messages, `letter` does not. */
export class RecordingChannels implements ChannelMaker {
  readonly kinds = [traits('letter', false), traits('pager', true)];
  readonly received: Received[] = [];
  readonly answers = new Map<string, Answering>();
  /** Options that each channel was opened with, in order. */
  readonly opened: JsonObject[] = [];
  closed = 0;
  /** What opening fails with. */
  broken: Error | null = null;
  /** What happens right when a message has come, before anything is answered. */
  onReceived: (received: Received) => void = () => {};
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  check(_kind: string, options: JsonObject): readonly OptionFault[] {
    return typeof options['to'] === 'string' ? [] : [{ key: 'to', reason: 'it is missing', remedy: 'name a sink' }];
  }

  async open(kind: string, options: JsonObject): Promise<Channel> {
    if (this.broken) throw this.broken;
    if (options['to'] === 'never') throw new Fault('bad-input', 'opening the sink: it can never work', 'name another');
    this.opened.push(options);
    const sink = String(options['to']);
    const edits = kind === 'pager';
    return {
      name: `${kind} to ${sink}`,
      send: (message, signal) => this.#send({ sink, at: this.#clock.now(), message }, { edits, signal }),
      close: async () => void this.closed++,
    };
  }

  /** Ids of the messages that came to a sink, in order. */
  idsTo(sink: string): string[] {
    return this.to(sink).map(({ message }) => message.id);
  }

  to(sink: string): Received[] {
    return this.received.filter((one) => one.sink === sink);
  }

  /** What came to a sink as "kind: numbers of changes". */
  toldTo(sink: string): string[] {
    return this.to(sink).map(({ message: { alert } }) => `${alert?.kind}: ${(alert?.lines ?? []).map(({ seq }) => seq).join(' ')}`);
  }

  async #send(received: Received, { edits, signal }: { edits: boolean; signal: StopSignal }): Promise<Delivery> {
    this.received.push(received);
    this.onReceived(received);
    const { sink, message } = received;
    const answer = this.answers.get(sink)?.(message, this.to(sink).length) ?? 'taken';
    const taken: Delivery = { outcome: 'delivered', receipt: `thanks from ${sink}`, ...(edits && { handle: `handle of ${message.id}` }) };
    if (answer === 'taken') return taken;
    if (answer === 'deaf') return new Promise(() => {});
    if (answer === 'hangs') {
      await stopped(signal);
      return { ...REFUSED, reason: 'it hung' };
    }
    if ('takes' in answer) {
      await this.#clock.sleep(answer.takes);
      return taken;
    }
    return { ...REFUSED, ...answer };
  }
}

const REFUSED = {
  outcome: 'refused',
  reason: 'the line is busy',
  remedy: 'call again later',
  what: 'channel',
  again: true,
  after: null,
} as const satisfies Delivery;

const stopped = (signal: StopSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** A channel as the config file has it; its sink has the same name. */
export const channel = (name: string, fields: Partial<ChannelSetup> = {}): ChannelSetup => ({
  ...channelOf({ name, kind: 'letter', options: { to: name } }, 'config'),
  ...fields,
});
