import fc from 'fast-check';
import {
  byAddress,
  byClue,
  byMac,
  byPort,
  byRank,
  CLUE_KINDS,
  type Coverage,
  DEVICE_TYPES,
  type Device,
  formatAddress,
  type HostName,
  IMPORTANCES,
  type Labels,
  mergePorts,
  type NameSource,
  NO_COVERAGE,
  type Observation,
  type PortState,
  type Protocol,
  type Service,
  SILENCE_CLASSES,
  type UnlistedPorts,
  type Untrusted,
  untrusted,
} from '../../src/core/index.ts';
import { AT, covering, HOUR, MINUTE, mac } from './device.ts';

/** Random devices and scans, from pools so small that everything collides with everything. */

const NASTY = [
  '',
  '__proto__',
  'constructor',
  '@',
  'away@1',
  '[',
  '["open"]',
  'null',
  'tcp/22',
  '\ud800',
  '\u202e',
  'a b',
  '"',
  '\\',
  'e\u0301',
  'x'.repeat(300),
];

/** Records as literals make them. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

/** Foreign text as it is after cleaning: empty, broken, reserved words, the separators of our own formats. */
export const hostileText: fc.Arbitrary<Untrusted> = fc
  .oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 6 }))
  .map((text) => untrusted(text));

const nonEmptyText = hostileText.filter((text) => text !== '');
const protocol = fc.constantFrom<Protocol>('tcp', 'tcp', 'udp');
const portNumber = fc.constantFrom(0, 22, 80, 443, 65535);
const state = fc.constantFrom<PortState>('open', 'open', 'closed', 'filtered', 'unfiltered', 'open|filtered', 'closed|filtered', 'unknown');

const service: fc.Arbitrary<Service> = record({
  name: hostileText,
  product: hostileText,
  version: hostileText,
  extra: hostileText,
  tunnel: fc.constantFrom(untrusted(''), untrusted('ssl')),
  method: fc.constantFrom('probed', 'table'),
});
const served = fc.option(service, { freq: 2 });
const port = record({ protocol, port: portNumber, state, service: served });
const ports = fc.uniqueArray(port, { maxLength: 6, selector: (one) => `${one.protocol}/${one.port}` });

const portRange = fc.tuple(portNumber, portNumber).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
const portSet = fc.array(portRange, { maxLength: 3 }).map(mergePorts);
const asked = fc.dictionary(protocol, portSet, { maxKeys: 2, noNullPrototype: true }) as fc.Arbitrary<Device['asked']>;

const source = fc.constantFrom<NameSource>('dhcp', 'mdns', 'dns', 'hosts', 'scan');
const hostName: fc.Arbitrary<HostName> = record({ name: hostileText, source });
const moment = fc.integer({ min: -2 * HOUR, max: 2 * HOUR }).map((offset) => AT + offset);

const anyAddress = fc.oneof(
  fc.nat(0xffff_ffff).map((value) => formatAddress({ family: 4, value: BigInt(value) })),
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map((value) => formatAddress({ family: 6, value })),
  fc.constantFrom('0.0.0.5', '::5', '::', '::ffff:a00:1'),
);

const words = fc
  .uniqueArray(fc.oneof(fc.string(), fc.constantFrom(...NASTY.map((text) => text.toWellFormed()))), { maxLength: 3 })
  .map((list) => list.sort());

const anyLabels: fc.Arbitrary<Labels> = record({
  alias: fc.option(fc.string()),
  type: fc.option(fc.constantFrom(...DEVICE_TYPES)),
  owner: fc.option(fc.string()),
  carried: fc.option(fc.boolean()),
  groups: words,
  tags: words,
  note: fc.option(fc.string()),
  importance: fc.constantFrom(...IMPORTANCES),
  window: fc.option(fc.nat()),
  probed: fc.boolean(),
  gentle: fc.option(fc.boolean()),
  harmed: fc.option(fc.nat()),
  distinct: fc.uniqueArray(fc.nat(), { maxLength: 3 }).map((ids) => ids.sort((a, b) => a - b)),
});

/** Any device at all, its lists in their order. */
export const anyDevice: fc.Arbitrary<Device> = record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  site: fc.string(),
  firstSeen: moment,
  lastSeen: moment,
  presence: fc.constantFrom('present', 'away', 'unknown'),
  macs: fc.uniqueArray(record({ mac: fc.nat(0xffff).map(mac), vendor: fc.option(nonEmptyText) }), { selector: (one) => one.mac }),
  addresses: fc.uniqueArray(record({ address: anyAddress, seenAt: moment }), { selector: (one) => one.address }),
  names: fc.uniqueArray(
    record({ name: hostileText, source: fc.constantFrom<NameSource>('user', 'dhcp', 'mdns', 'dns', 'hosts', 'scan') }),
    {
      selector: (one) => one.name,
    },
  ),
  ports,
  asked,
  os: fc.option(hostileText),
  clues: fc.uniqueArray(record({ kind: fc.constantFrom(...CLUE_KINDS), value: hostileText }), {
    selector: (one) => `${one.kind} ${one.value}`,
  }),
  labels: anyLabels,
  rhythm: fc.option(record({ silences: fc.array(fc.constantFrom(0, 1, 8, 64, 512), { minLength: 1, maxLength: SILENCE_CLASSES }) })),
  mergedInto: fc.option(fc.integer({ min: 1, max: 99 })),
}).map(
  (device): Device => ({
    ...(device as Device),
    lastSeen: Math.max(device.lastSeen, ...device.addresses.map(({ seenAt }) => seenAt)),
    macs: device.macs.toSorted(byMac),
    addresses: device.addresses.toSorted(byAddress),
    names: device.names.toSorted(byRank),
    ports: device.ports.toSorted(byPort),
    clues: device.clues.toSorted(byClue),
  }),
);

/** Few enough hosts that addresses and MACs are swapped, shared, lost and found again. */
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.1.1', '10.0.1.2', 'fd00::1', 'fd00::2'];
const BLOCKS = ['10.0.0.0/24', '10.0.1.0/24', '10.0.0.1', 'fd00::/64'];

const unlisted: fc.Arbitrary<UnlistedPorts> = record({ protocol, state, count: fc.nat(1000), ports: fc.option(portSet) });

export const anyObservation: fc.Arbitrary<Observation> = record({
  address: fc.constantFrom(...ADDRESSES),
  mac: fc.option(fc.integer({ min: 1, max: 5 }).map(mac), { freq: 3 }),
  vendor: fc.option(hostileText),
  names: fc.option(fc.array(hostName, { maxLength: 3 }), { freq: 2 }),
  reason: fc.constant('arp-response'),
  seenAt: fc.constant(AT),
  ports,
  unlisted: fc.array(unlisted, { maxLength: 3 }),
  timedOut: fc.boolean(),
  os: fc.option(hostileText),
});

const anyCoverage: fc.Arbitrary<Coverage> = fc
  .tuple(fc.subarray(BLOCKS), fc.boolean(), asked)
  .map(([blocks, deep, tcp]) => (deep ? { ...covering(blocks), ports: tcp } : covering(blocks)));

export interface AnyScan {
  readonly observations: readonly Observation[];
  readonly coverage: Coverage;
  /** Time since the scan before; mostly minutes, sometimes hours, sometimes back. */
  readonly after: number;
  readonly watchedSince: number | null;
}

export const anyScan: fc.Arbitrary<AnyScan> = record({
  observations: fc.array(anyObservation, { maxLength: 6 }),
  coverage: fc.oneof({ weight: 4, arbitrary: anyCoverage }, { weight: 1, arbitrary: fc.constant(NO_COVERAGE) }),
  after: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 50 }).map((minutes) => minutes * MINUTE) },
    { weight: 1, arbitrary: fc.integer({ min: -30, max: 30 }).map((hours) => hours * HOUR) },
  ),
  watchedSince: fc.option(fc.integer({ min: -24, max: 24 }).map((hours) => AT + hours * HOUR)),
});
