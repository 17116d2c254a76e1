import { z } from 'zod';
import type { Delivery, Message } from '../../core/index.ts';
import { clipBytes } from '../clip.ts';
import { deadline } from '../exchange/deadline.ts';
import { failureOf } from '../exchange/failures.ts';
import { whereTo } from '../exchange/where-to.ts';
import { channelKind, type KindWorld } from '../kind.ts';
import { choice, option, text } from '../options.ts';
import { type Destination, readDestination, WHAT } from './destination.ts';
import { FACILITIES, frameOf, oneLine, severityOf } from './frame.ts';
import { sendLocally } from './local.ts';
import { sendCounted, sendDatagram } from './network.ts';

const schema = z.strictObject({
  to: option(WHAT, readDestination),
  facility: choice('write the facility, like daemon or local0', FACILITIES).default('daemon'),
  app: text('write the name of the sender, letters, digits, dots and dashes', { most: 48, like: /^[A-Za-z0-9.-]+$/ }).default('rollcall'),
});
type Options = z.output<typeof schema>;

/** For all of a message, in ms. */
const FOR_ALL = 10_000;
/** Longest frame: what every receiver of datagrams should take (RFC 5426), and what receivers of streams do. */
const MOST = { udp: 2048, tcp: 8192, tls: 8192 } as const;
/** Longest line for a socket of this machine: `logger` makes two of longer ones. */
const LOCAL = 6000;

export const syslog = channelKind({
  kind: 'syslog',
  what: 'a syslog, by UDP, TCP, TLS or a socket of this machine (RFC 5424)',
  edits: false,
  schema,
  secrets: [],
  tls: true,
  places: ({ to }) => (to.way === 'unix' ? [] : [{ key: 'to', host: to.host, port: to.port }]),
  create: (options, world) => ({
    name: `syslog at ${nameOf(options.to)}`,
    async send(message, signal, overhear) {
      const limit = deadline(signal, world.most ?? FOR_ALL);
      try {
        const { to } = options;
        if (to.way !== 'unix') return await sendOver({ to, frame: frame(message, options, world), world, signal: limit.signal, overhear });
        const line = `${clipBytes(oneLine(message), LOCAL)} (${message.id})`;
        overhear?.({ from: 'us', text: line });
        const priority = `${options.facility}.${severityOf(message.alert)}`;
        return await sendLocally({ path: to.path, priority, app: options.app, line, signal: limit.signal });
      } catch (thrown) {
        const { refusal, said } = failureOf(thrown, limit.signal.aborted ? limit.why() : null);
        overhear?.({ from: 'them', text: said });
        return { ...refusal, reason: `syslog at ${nameOf(options.to)}: ${refusal.reason}` };
      } finally {
        limit.done();
      }
    },
  }),
});

const nameOf = (to: Destination): string =>
  to.way === 'unix' ? to.path : `${to.way}://${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;

const frame = (message: Message, { to, facility, app }: Options, { host }: KindWorld): string =>
  frameOf(message, { facility, app, host, most: to.way === 'unix' ? MOST.tcp : MOST[to.way] });

interface Order {
  readonly to: Extract<Destination, { host: string }>;
  readonly frame: string;
  readonly world: KindWorld;
  readonly signal: AbortSignal;
  readonly overhear: ((line: { readonly from: 'us'; readonly text: string }) => void) | undefined;
}

async function sendOver({ to, frame: text_, world, signal, overhear }: Order): Promise<Delivery> {
  const way = await whereTo({ host: to.host, port: to.port, guard: world.guard, lookup: world.lookup, signal });
  if ('outcome' in way) return way;
  overhear?.({ from: 'us', text: text_ });
  if (to.way === 'udp') return sendDatagram({ way, port: to.port, signal }, text_);
  return sendCounted({ way, host: to.host, port: to.port, tls: to.way === 'tls' ? { ca: world.ca } : null, signal }, text_);
}
