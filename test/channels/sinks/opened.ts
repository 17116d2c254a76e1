import { type ChannelWorld, createChannelMaker, createGuard } from '../../../src/channels/index.ts';
import type { Alert, Channel, Delivery, JsonObject, Message, TellDevice, TellLine } from '../../../src/core/index.ts';

/** Surroundings of a test: strict but for what `reach` opens. */
export const worldOf = (reach: readonly string[] = [], over: Partial<ChannelWorld> = {}): ChannelWorld => ({
  guard: createGuard({ reach, ownPorts: () => [9090], ownAddresses: () => [] }),
  now: () => Date.UTC(2026, 10, 28, 1, 2, 3),
  host: 'watcher',
  ...over,
});

/** A channel of a kind, by the maker that the product has. */
export const opened = (kind: string, options: JsonObject, world: ChannelWorld): Promise<Channel> =>
  createChannelMaker(world).open(kind, options);

export const NEVER = new AbortController().signal;

export const device = (over: Partial<TellDevice> = {}): TellDevice => ({
  id: 7,
  name: 'nas.lan',
  address: '10.0.0.7',
  mac: '52:54:00:12:34:56',
  vendor: 'QEMU',
  type: 'server',
  owner: 'anna',
  groups: ['family'],
  tags: ['storage'],
  presence: 'away',
  ports: [{ protocol: 'tcp', port: 22 }],
  ...over,
});

export const line = (over: Partial<TellLine> = {}): TellLine => ({
  seq: 41,
  at: Date.UTC(2026, 10, 28, 1, 0, 0),
  kind: 'device.left',
  text: 'nas.lan left, last seen 00:58',
  device: device(),
  place: null,
  before: { presence: 'present' },
  after: { presence: 'away' },
  ...over,
});

export const alert = (over: Partial<Alert> = {}): Alert => ({
  site: 'home',
  kind: 'opened',
  urgency: 'high',
  rule: 'important-left',
  incident: { id: 12, state: 'open', openedAt: Date.UTC(2026, 10, 28, 1, 0, 0) },
  thread: 'home-12-ops',
  replaces: null,
  lines: [line()],
  more: 0,
  ...over,
});

export const message = (over: Partial<Message> = {}): Message => ({
  id: 'home-12-opened-ops',
  at: Date.UTC(2026, 10, 28, 1, 0, 1),
  subject: 'nas.lan left',
  text: 'nas.lan left, last seen 00:58\n',
  html: null,
  attachments: [],
  alert: alert(),
  ...over,
});

export const refused = (delivery: Delivery): Extract<Delivery, { outcome: 'refused' }> => {
  if (delivery.outcome !== 'refused') throw new Error(`delivered, with receipt ${delivery.receipt}`);
  return delivery;
};
