import type {
  ChangeJson,
  DeviceJson,
  FollowItem,
  HostJson,
  ScanJson,
  ScanResultJson,
  StatusJson,
  TargetStatusJson,
} from '../../src/contract/index.ts';

/** Answers of the contract for the tests; every field can be set. */

export const device = (over: Partial<DeviceJson> = {}): DeviceJson => ({
  id: 7,
  name: 'printer',
  alias: null,
  macs: ['00:00:5e:00:53:01'],
  addresses: ['192.0.2.20'],
  names: ['printer'],
  nameSources: [{ name: 'printer', source: 'mdns', since: '2026-11-01T08:00:00.000Z', confirmed: '2026-11-21T11:00:00.000Z' }],
  vendor: 'ACME',
  randomizedMac: false,
  os: null,
  presence: 'present',
  type: null,
  typeGuess: null,
  typeBy: null,
  owner: null,
  carried: null,
  groups: [],
  tags: [],
  note: null,
  importance: 'normal',
  probed: true,
  gentle: null,
  harmed: null,
  clues: [],
  window: null,
  firstSeen: '2026-11-01T08:00:00.000Z',
  lastSeen: '2026-11-21T11:59:00.000Z',
  ports: [{ protocol: 'tcp', port: 631, state: 'open', service: null }],
  ...over,
});

export const change = (over: Partial<ChangeJson> = {}): ChangeJson => ({
  seq: 12,
  at: '2026-11-21T03:00:00.000Z',
  kind: 'port.opened',
  device: { id: 7, name: 'printer' },
  before: { protocol: 'tcp', port: 22, state: 'closed', service: null },
  after: { protocol: 'tcp', port: 22, state: 'open', service: { name: 'ssh', product: 'OpenSSH', version: '9.2' } },
  scan: 31,
  ...over,
});

export const scan = (over: Partial<ScanJson> = {}): ScanJson => ({
  id: 31,
  site: 'home',
  target: null,
  subject: '192.0.2.0/28',
  plan: 'ports',
  startedAt: '2026-11-21T03:00:00.000Z',
  finishedAt: '2026-11-21T03:00:02.500Z',
  outcome: 'complete',
  cause: null,
  coverage: { addresses: ['192.0.2.0/28'], ports: { tcp: '1-1000' }, depth: 'ports', basis: 'asked' },
  command: 'nmap -sS -- 192.0.2.0/28',
  commands: [['nmap', '-sS', '--', '192.0.2.0/28']],
  privileged: true,
  iface: 'eth0',
  tool: { name: 'nmap', version: '7.93' },
  asked: 16,
  up: 1,
  changes: 1,
  ...over,
});

export const host = (over: Partial<HostJson> = {}): HostJson => ({
  address: '192.0.2.20',
  mac: '00:00:5e:00:53:01',
  vendor: 'ACME',
  names: ['printer'],
  ports: [
    {
      protocol: 'tcp',
      port: 22,
      state: 'open',
      service: { name: 'ssh', product: 'OpenSSH', version: '9.2', extra: '', tunnel: '', method: 'probed' },
    },
    { protocol: 'tcp', port: 80, state: 'filtered', service: null },
  ],
  reason: 'arp-response',
  timedOut: false,
  ...over,
});

export const result = (over: Partial<ScanResultJson> = {}): ScanResultJson => ({
  scan: scan(),
  hosts: [host()],
  changes: [change()],
  warnings: [],
  ...over,
});

export const status = (over: Partial<StatusJson> = {}): StatusJson => ({
  version: '9.9.9',
  site: 'home',
  pid: 4242,
  startedAt: '2026-11-21T03:00:00.000Z',
  privileged: true,
  store: 'sqlite',
  devices: 3,
  targets: 1,
  running: [],
  seq: 12,
  heard: null,
  troubles: [],
  ...over,
});

export const target = (over: Partial<TargetStatusJson> = {}): TargetStatusJson => ({
  target: {
    id: 1,
    site: 'home',
    target: '192.0.2.0/28',
    schedule: [{ plan: 'sweep', every: '1m', at: null, zone: null }],
    window: null,
    iface: null,
    source: 'user',
    createdAt: '2026-11-01T08:00:00.000Z',
  },
  plans: [
    {
      plan: 'sweep',
      every: '1m',
      at: null,
      zone: null,
      nextAt: '2026-11-21T12:01:00.000Z',
      lastScan: scan({ plan: 'sweep' }),
      running: null,
      forecast: { plan: 'sweep', addresses: 14, present: 2, likely: { packets: 26, seconds: 2 }, worst: { packets: 28, seconds: 2 } },
      measured: null,
      putOff: null,
      skipped: 0,
    },
  ],
  blind: false,
  ...over,
});

/** A stream of the contract. */
export async function* stream<T>(...items: readonly T[]): AsyncGenerator<T, void, void> {
  yield* items;
}

export const progress = (done: number, over: Partial<Extract<FollowItem, { kind: 'progress' }>> = {}): FollowItem => ({
  kind: 'progress',
  scan: 31,
  done,
  secondsLeft: 12,
  task: 'SYN Stealth Scan',
  hosts: 3,
  ...over,
});
