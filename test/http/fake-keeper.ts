import type { Change, Device, Run, Scan, Target } from '../../src/core/index.ts';
import type { FeedItem, Keeper, RollView } from '../../src/watch/index.ts';
import { AT, device, MINUTE } from '../make/device.ts';

/** Everything the door asks. */
export type Answers = Partial<Keeper>;

export interface FakeKeeper extends Keeper {
  /** Tells all subscribers. */
  publish(item: FeedItem): void;
  readonly subscribers: number;
}

/** A keeper in memory that answers what the test gave it, and fails loudly on every other question. */
export function fakeKeeper(answers: Answers = {}): FakeKeeper {
  const listeners = new Set<(item: FeedItem) => void>();
  const known: Partial<FakeKeeper> = {
    status: () => STATUS,
    roll: () => ROLL,
    partNamed: () => null,
    renamePolicies: async () => {},
    verdictOf: async () => null,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    publish: (item) => {
      for (const listener of listeners) listener(item);
    },
    ...answers,
  };
  return new Proxy(known, {
    get(target, key) {
      if (key === 'subscribers') return listeners.size;
      if (key in target) return Reflect.get(target, key);
      return () => {
        throw new Error(`nobody expected the question ${String(key)}`);
      };
    },
  }) as FakeKeeper;
}

const STATUS: ReturnType<Keeper['status']> = {
  version: '0.1.0',
  site: 'home',
  pid: 4711,
  startedAt: AT,
  privileged: true,
  store: 'memory',
  devices: 1,
  targets: 1,
  running: [31],
  seq: 12,
  heard: { ifaces: ['eth0'], heard: 10, told: 3, passed: 6, malformed: 1, dropped: 0 },
  troubles: [],
};

export const PRINTER: Device = device({ id: 7, alias: 'printer', at: ['10.0.0.20'] });

export const roll = (devices: readonly Device[], fields: Partial<RollView> = {}): RollView => ({
  site: 'home',
  at: AT,
  seq: 12,
  devices,
  ...fields,
});

const ROLL = roll([PRINTER]);

export const change = (seq: number, fields: Partial<Change> = {}): Change => ({
  seq,
  at: AT,
  kind: 'port.opened',
  device: 7,
  before: null,
  after: { protocol: 'tcp', port: 22 },
  scan: 31,
  ...fields,
});

export const scan = (fields: Partial<Scan> = {}): Scan => ({
  id: 31,
  site: 'home',
  target: 3,
  subject: '10.0.0.0/24',
  plan: 'ports',
  startedAt: AT,
  finishedAt: AT + MINUTE,
  outcome: 'complete',
  cause: null,
  coverage: {
    addresses: [{ family: 4, first: 0x0a000000n, last: 0x0a0000ffn }],
    ports: { tcp: [[1, 1000]] },
    depth: 'ports',
    basis: 'asked',
  },
  vantage: { iface: 'eth0', privileged: true },
  tool: { name: 'nmap', version: '7.93' },
  commands: [['nmap', '-sS', '-e', 'eth0', '--', '10.0.0.0/24']],
  asked: 256,
  up: 1,
  changes: 1,
  run: 5,
  ...fields,
});

export const RUN: Run = { id: 5, firstAt: AT, lastAt: AT + MINUTE, count: 2 };

export const TARGET: Target = {
  id: 3,
  site: 'home',
  spec: { kind: 'ranges', text: '10.0.0.0/24', ranges: [{ family: 4, first: 0x0a000000n, last: 0x0a0000ffn }] },
  schedule: [
    { plan: 'sweep', cadence: { kind: 'every', every: 5 * MINUTE } },
    { plan: 'ports', cadence: { kind: 'at', cron: '0 3 * * *', zone: 'Europe/Berlin' } },
  ],
  window: 45 * MINUTE,
  iface: null,
  source: 'user',
  createdAt: AT,
};
