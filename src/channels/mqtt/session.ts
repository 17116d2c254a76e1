import type { IConnackPacket, MqttClient } from 'mqtt';
import type { StopSignal } from '../../core/index.ts';
import { type DialOrder, dial } from './dial.ts';
import { isFit } from './fit.ts';
import { meant, NOT_LET_IN, partingWords, Refusal } from './reasons.ts';
import { Turnstile } from './turnstile.ts';

/** One message. */
export interface Sheet {
  readonly topic: string;
  readonly payload: string;
  /** 1: until the broker has it. */
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

export interface Heard {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Whether it was kept by the broker: said before we listened. */
  readonly kept: boolean;
}

/** A connection that the broker has accepted. */
export interface Session {
  /** Resolves when it is there. Rejects with a Refusal where the broker does not take it, else when the connection is lost before. */
  publish(sheet: Sheet): Promise<void>;
  /** Rejects as `publish` does. */
  listen(filters: readonly string[], qos: 0 | 1): Promise<void>;
  unlisten(filters: readonly string[]): Promise<void>;
  /** Resolves, never rejects: why it ended. */
  readonly lost: Promise<string>;
  /** Takes leave, so that the broker does not say the last will, and waits until it is over. */
  end(): Promise<void>;
}

export interface SessionOrder extends DialOrder {
  readonly clientId: string;
  /** What the broker says when we are lost; null: nothing. */
  readonly will: Sheet | null;
  readonly heard: (message: Heard) => void;
  readonly signal: StopSignal;
}

/** How long a broker may take to accept us, and to let go of us, in ms. */
const TO_ACCEPT = 10_000;
const TO_PART = 2000;
/** Seconds after which the broker and we miss each other. */
const KEEPALIVE = 30;

/** 4 is MQTT 3.1.1, which every broker knows. By 5 one says when it drops a message. */
type Version = 4 | 5;

/** The broker was reached, and the answer was none that lets in or keeps out: it may not know the version. */
class NotUnderstood extends Error {}

/** Connects, by MQTT 5, or by 3.1.1 where a broker knows no more. Rejects with what went wrong, for people. */
export async function openSession(order: SessionOrder): Promise<Session> {
  try {
    return await openBy(5, order);
  } catch (thrown) {
    if (order.signal.aborted || !(thrown instanceof NotUnderstood)) throw thrown;
    return openBy(4, order);
  }
}

async function openBy(version: Version, { heard, signal, ...order }: SessionOrder): Promise<Session> {
  const { MqttClient } = await import('mqtt');
  const { socket, whole } = dial(order);
  let reached = false;
  socket.once(order.broker.secure ? 'secureConnect' : 'connect', () => (reached = true));
  const client = new MqttClient(() => socket, { ...wordsOf(order), protocolVersion: version });
  // Not by the library: it does not break off while it takes leave.
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const why = reasonOf(client, { whole, stop });
  client.on('message', (topic, payload, packet) => heard({ topic, payload, kept: packet.retain }));
  const lost = new Promise<string>((resolve) => {
    client.once('close', () => {
      signal.removeEventListener('abort', stop);
      client.end(true);
      resolve(why.said ?? why.happened);
    });
  });
  const accepted = new Promise<IConnackPacket>((resolve) => client.once('connect', resolve));
  if (signal.aborted) stop();
  const answer = await Promise.race([accepted, lost]);
  if (typeof answer !== 'string') return sessionOf(client, { lost, stop, why, terms: answer.properties ?? {} });
  throw reached && answer !== NOT_LET_IN && answer !== NO_ANSWER ? new NotUnderstood(answer) : new Error(answer);
}

/** As the library calls it. */
const NO_ANSWER = 'connack timeout';
const CUT_OFF = 'Connection closed';

/** Why a connection ends: what the broker said, and what was seen. */
interface Why {
  said: string | null;
  happened: string;
}

/** Listens for why a connection ends, and ends it where nobody should read on. */
function reasonOf(client: MqttClient, { whole, stop }: { readonly whole: () => void; readonly stop: () => void }): Readonly<Why> {
  const why: Why = { said: null, happened: 'it closed the connection' };
  client.on('error', (fault) => (why.happened = meant(fault).message));
  client.on('disconnect', ({ reasonCode }) => (why.said = partingWords(reasonCode)));
  client.on('packetreceive', (packet) => {
    whole();
    if (isFit(packet)) return;
    Object.assign(packet, { cmd: 'unfit' }); // it has no such command, so nothing is done about it
    why.happened = 'it does not speak MQTT as a broker does';
    stop();
  });
  return why;
}

interface SessionParts {
  readonly lost: Promise<string>;
  readonly stop: () => void;
  readonly why: Readonly<Why>;
  /** What the broker asks of us, by MQTT 5. */
  readonly terms: NonNullable<IConnackPacket['properties']>;
}

function sessionOf(client: MqttClient, { lost, stop, why, terms }: SessionParts): Session {
  const turnstile = new Turnstile(Math.max(1, saidOnce(terms.receiveMaximum) ?? MOST_ABREAST));
  const longest = saidOnce(terms.maximumPacketSize) ?? Number.POSITIVE_INFINITY;
  let over: string | null = null;
  void lost.then((text) => (over = text));
  /** What is asked of a connection that is lost fails as it was lost: the library then only stumbles. */
  const whileThere = async (work: () => Promise<unknown>): Promise<void> => {
    if (over !== null) throw new Error(over);
    await work().catch((fault: unknown) => {
      const meaning = meant(fault);
      throw meaning instanceof Refusal
        ? meaning
        : new Error(over ?? why.said ?? (meaning.message === CUT_OFF ? why.happened : meaning.message));
    });
  };
  const put = ({ topic, payload, qos, retain }: Sheet) => whileThere(() => client.publishAsync(topic, payload, { qos, retain }));
  return {
    lost,
    async publish(sheet) {
      if (lengthOf(sheet) > longest) throw new Refusal(`it takes no messages of more than ${longest} bytes`);
      // Whoever sends more than a broker takes at once is cut off by it.
      await (sheet.qos === 0 ? put(sheet) : turnstile.pass(() => put(sheet)));
    },
    listen: (filters, qos) => whileThere(() => client.subscribeAsync([...filters], { qos })),
    unlisten: (filters) => whileThere(() => client.unsubscribeAsync([...filters])),
    async end() {
      const late = setTimeout(stop, TO_PART);
      client.end();
      await lost;
      clearTimeout(late);
    },
  };
}

/** Messages that wait for their receipt at most, where a broker says nothing. */
const MOST_ABREAST = 65_535;
/** What is said twice, against the rules, the library reads as a list: it says nothing. */
const saidOnce = (number: unknown): number | undefined => (typeof number === 'number' ? number : undefined);
/** Of a message, what is neither topic nor text, at most. */
const FRAME = 12;

const lengthOf = ({ topic, payload }: Sheet): number => Buffer.byteLength(topic) + Buffer.byteLength(payload) + FRAME;

const wordsOf = ({ clientId, will, broker: { login } }: Omit<SessionOrder, 'heard' | 'signal'>) => ({
  clientId,
  protocolId: 'MQTT' as const,
  clean: true,
  keepalive: KEEPALIVE,
  connectTimeout: TO_ACCEPT,
  reconnectPeriod: 0, // when to try again is not for a library to say
  resubscribe: false,
  queueQoSZero: false,
  timerVariant: 'native' as const,
  ...(login !== null && { username: login.user, password: login.password }),
  ...(will !== null && { will: { ...will, payload: Buffer.from(will.payload) } }),
});
