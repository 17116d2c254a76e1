import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { bad, type Delivery, type ExchangeLine, good, type Message, type Result } from '../../core/index.ts';
import { pageOf } from '../alert-page.ts';
import { deadline } from '../exchange/deadline.ts';
import { notNow, notThere } from '../exchange/refusals.ts';
import { whereTo } from '../exchange/where-to.ts';
import { channelKind, type KindWorld, type Sending } from '../kind.ts';
import { option, text } from '../options.ts';
import { type Broker, placeOf, readBroker } from './broker.ts';
import { NOT_LET_IN, NOT_THERE } from './reasons.ts';
import { openSession, type Session } from './session.ts';

/** For all of it, in ms. */
const FOR_ALL = 8000;
const BROKER = 'write the broker, like mqtt://10.0.0.5:1883 or mqtts://broker.example.org';
const LEVELS = /^(?!\$)[^+#/]{1,60}(?:\/[^+#/]{1,60}){0,9}$/;

const schema = z
  .strictObject({
    broker: option(BROKER, (value): Result<string> => {
      const broker = brokerIn(value);
      if (broker === null) return bad('it is not the address of a broker', BROKER);
      return broker.login === null ? good(value as string) : bad('it holds a user or a password', 'write them as user and password');
    }),
    topic: text('write the topic to publish to, like alerts/rollcall, without + and #', { most: 400, like: LEVELS }),
    user: text('write the user that the broker knows').optional(),
    password: text('write the password of that user').optional(),
  })
  .superRefine(({ user, password }, context) => {
    const params = { missing: true, remedy: 'write user and password, or neither' };
    if (password !== undefined && user === undefined)
      context.addIssue({ code: 'custom', path: ['user'], message: 'it is missing', params });
  });

type Options = z.output<typeof schema>;

export const mqtt = channelKind({
  kind: 'mqtt',
  what: 'JSON to a topic of an MQTT broker',
  edits: false,
  schema,
  secrets: ['password'],
  tls: true,
  places: ({ broker }) => {
    const read = brokerIn(broker);
    return read === null ? [] : [{ key: 'broker', host: read.host, port: read.port }];
  },
  create(options, world) {
    const { user, password = '', topic } = options;
    const broker: Broker = { ...readBroker(options.broker), login: user === undefined ? null : { user, password } };
    return {
      name: `MQTT topic ${topic} at ${placeOf(broker)}`,
      send: (message, signal, overhear) => publish({ broker, topic, world }, message, { signal, overhear }),
    };
  },
});

/** null: it is none. */
function brokerIn(value: unknown): Broker | null {
  try {
    return typeof value === 'string' ? readBroker(value) : null;
  } catch {
    return null;
  }
}

interface Route {
  readonly broker: Broker;
  readonly topic: Options['topic'];
  readonly world: KindWorld;
}

/** One message over a connection of its own, until the broker has it. Not kept there: an alert is no state. */
async function publish({ broker, topic, world }: Route, message: Message, { signal, overhear }: Sending): Promise<Delivery> {
  const limit = deadline(signal, world.most ?? FOR_ALL);
  const say = (from: ExchangeLine['from'], said: string): void => overhear?.({ from, text: said });
  const where = `broker ${placeOf(broker)}`;
  let session: Session | null = null;
  try {
    const { guard, ca, lookup } = world;
    const way = await whereTo({ ...broker, guard, lookup, signal: limit.signal });
    if ('outcome' in way) return way;
    say('us', `CONNECT ${where}${broker.login === null ? '' : ` as ${broker.login.user}`}`);
    const clientId = `rollcall_${randomBytes(6).toString('hex')}`;
    const order = { broker, ca, addresses: way.addresses, clientId, will: null, heard: () => {}, signal: limit.signal };
    session = await openSession(order);
    say('them', 'CONNACK');
    const payload = JSON.stringify(pageOf(message));
    say('us', `PUBLISH ${topic}\n${payload}`);
    await session.publish({ topic, payload, qos: 1, retain: false });
    say('them', 'PUBACK');
    return { outcome: 'delivered', receipt: `${where} has it` };
  } catch (thrown) {
    const why = limit.signal.aborted ? limit.why() : (thrown as Error).message;
    say('them', `(no answer: ${why})`);
    const lasting = LASTING[why];
    return lasting === undefined ? notNow(`${where}: ${why}`, REMEDY) : notThere(`${where}: ${why}`, lasting);
  } finally {
    limit.done();
    await session?.end();
  }
}

/** Refusals that only a person can mend, with what to do. */
const LASTING: Readonly<Record<string, string>> = {
  [NOT_LET_IN]: 'check user and password',
  [NOT_THERE]: 'let the user write to the topic, or name another one',
};

const REMEDY = 'check that the broker runs, its address and port, and that its certificate is trusted (ca names further ones)';
