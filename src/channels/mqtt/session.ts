import type { StopSignal } from '../../core/index.ts';
import { untrusted } from '../../core/index.ts';
import { type DialOrder, dial } from './dial.ts';
import { isFit } from './fit.ts';

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
  /** Resolves when it is there, rejects when the connection is lost before. */
  publish(sheet: Sheet): Promise<void>;
  listen(filters: readonly string[], qos: 0 | 1): Promise<void>;
  unlisten(filters: readonly string[]): Promise<void>;
  /** Resolves, never rejects: why it ended. */
  readonly lost: Promise<string>;
  /** Takes leave, so that the broker does not say the last will, and waits until it is over. */
  end(): Promise<void>;
}

export interface SessionOrder extends DialOrder {
  readonly clientId: string;
  /** Left out: 4, which is MQTT 3.1.1 and known to every broker. By 5 a broker says when it drops a message. */
  readonly version?: 4 | 5;
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

/** Connects. Rejects with what went wrong, for people. */
export async function openSession({ heard, signal, ...order }: SessionOrder): Promise<Session> {
  const { MqttClient } = await import('mqtt');
  const { socket, whole } = dial(order);
  const client = new MqttClient(() => socket, wordsOf(order));
  // Not by the library: it does not break off while it takes leave.
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  let why = 'it closed the connection';
  let over = false;
  client.on('error', (fault) => (why = saying(fault)));
  client.on('packetreceive', (packet) => {
    whole();
    if (isFit(packet)) return;
    Object.assign(packet, { cmd: 'unfit' }); // it has no such command, so nothing is done about it
    why = 'it does not speak MQTT as a broker does';
    stop();
  });
  client.on('message', (topic, payload, packet) => heard({ topic, payload, kept: packet.retain }));
  const lost = new Promise<string>((resolve) => {
    client.once('close', () => {
      over = true;
      signal.removeEventListener('abort', stop);
      client.end(true);
      resolve(why);
    });
  });
  const accepted = new Promise<true>((resolve) => client.once('connect', () => resolve(true)));
  if (signal.aborted) stop();
  if ((await Promise.race([accepted, lost])) !== true) throw new Error(why);
  /** What is asked of a connection that is lost fails as it was lost: the library then only stumbles. */
  const whileThere = async (work: () => Promise<unknown>): Promise<void> => {
    if (over) throw new Error(why);
    await work().catch((fault: unknown) => {
      throw new Error(over ? why : saying(fault));
    });
  };
  return {
    lost,
    publish: ({ topic, payload, qos, retain }) => whileThere(() => client.publishAsync(topic, payload, { qos, retain })),
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

const wordsOf = ({ clientId, version, will, broker: { login } }: Omit<SessionOrder, 'heard' | 'signal'>) => ({
  clientId,
  protocolId: 'MQTT' as const,
  protocolVersion: version ?? 4,
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

/** Why a session ended that a person must do something about. */
export const NOT_LET_IN = 'it does not let us in: check user and password';

/** Why a message was not taken that would have been elsewhere. */
export const NOT_THERE = 'it does not let us publish there';

/** Codes of refusal, of MQTT 3.1.1 and of 5; the last ones are about a topic where we are in already. */
const NO_ENTRY: ReadonlySet<unknown> = new Set([4, 5, 134, 135, 138]);
const NO_TOPIC: ReadonlySet<unknown> = new Set([135, 144]);

/** What an exception of the library or the system means. Of what the broker said only a number is told. */
function saying(fault: unknown): string {
  const { code, message } = (fault ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (NO_TOPIC.has(code) && String(message).startsWith('Publish')) return NOT_THERE;
  if (NO_ENTRY.has(code)) return NOT_LET_IN;
  return untrusted(typeof code === 'string' && !String(message).includes(code) ? `${code}: ${String(message)}` : String(message), 200);
}
