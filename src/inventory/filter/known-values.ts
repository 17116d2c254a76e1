import { DEVICE_TYPES, type Device, IMPORTANCES, parseAddress } from '../../core/index.ts';
import type { Asked } from './filter.ts';
import { namesOf, vendorsOf } from './hardware-keys.ts';

/** A value that some devices have, and how many. */
export interface KnownValue {
  readonly value: string;
  readonly count: number;
}

type TypeOf = Asked['typeOf'];
type ValuesOf = (device: Device, typeOf: TypeOf) => readonly string[];

const openPorts = ({ ports }: Device): Device['ports'] => ports.filter(({ state }) => state === 'open');
const listed = (value: string | null): readonly string[] => (value === null ? [] : [value]);
const yesNo = (yes: boolean): readonly string[] => [yes ? 'yes' : 'no'];

/** What devices have of each key, as it may be written behind it. */
const VALUES: Readonly<Record<string, ValuesOf>> = {
  group: ({ labels }) => labels.groups,
  tag: ({ labels }) => labels.tags,
  owner: ({ labels: { owner } }) => listed(owner),
  type: (device, typeOf) => listed(typeOf(device)),
  presence: ({ presence }) => [presence],
  importance: ({ labels }) => [labels.importance],
  probe: ({ labels }) => yesNo(labels.probed),
  name: namesOf,
  vendor: vendorsOf,
  os: ({ os }) => listed(os),
  service: (device) => openPorts(device).flatMap(({ service }) => (service ? [service.name, service.product] : [])),
  product: (device) => openPorts(device).flatMap(({ service }) => service?.product ?? []),
  port: (device) => openPorts(device).map(({ protocol, port }) => (protocol === 'tcp' ? `${port}` : `${protocol}/${port}`)),
  mac: ({ macs }) => macs.map(({ mac }) => mac),
  ip: ({ addresses }) => addresses.flatMap(({ address }) => [...listed(blockOf(address)), address]),
  id: ({ id }) => [String(id)],
  title: (device) => openPorts(device).flatMap(({ serving }) => serving?.httpTitle ?? []),
  cert: (device) => openPorts(device).flatMap(({ serving }) => serving?.certificate?.subject ?? []),
  key: (device) => openPorts(device).flatMap(({ serving }) => serving?.sshKeys.map(({ hash }) => hash) ?? []),
};

/** The network an address is probably of. */
function blockOf(address: string): string | null {
  return parseAddress(address)?.family === 4 ? address.replace(/\.\d+$/, '.0/24') : null;
}

const TIMES = ['1h', '1d', '7d', '30d', '>7d', '>30d'];

/** What may stand behind a key whatever devices there are, in the order of use. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  type: DEVICE_TYPES,
  presence: ['present', 'away', 'unknown'],
  importance: IMPORTANCES,
  carried: ['yes', 'no'],
  probe: ['yes', 'no'],
  random: ['yes', 'no'],
  approved: ['yes', 'no'],
  drift: ['yes', 'no'],
  new: TIMES,
  seen: TIMES,
  expires: ['0d', '7d', '30d', '90d', '>30d'],
};

/** Keys of which any value at all may be asked for: owner:* has an owner. */
const ANYTHING: ReadonlySet<string> = new Set([
  'group',
  'tag',
  'owner',
  'type',
  'name',
  'vendor',
  'os',
  'service',
  'product',
  'title',
  'cert',
]);

/** Longer values are no help to whoever types, and a filter has its own end. */
const LONGEST = 120;

/** What is known now of a key, most devices first; then what may always be asked. */
export function knownValues(key: string, devices: readonly Device[], typeOf: TypeOf): readonly KnownValue[] {
  const always = ALWAYS[key] ?? [];
  const counts = countsOf(devices, (device) => VALUES[key]?.(device, typeOf) ?? []);
  for (const value of always) counts.set(value, counts.get(value) ?? 0);
  const known = [...counts].map(([value, count]) => ({ value, count }));
  const usable = known.filter(({ value }) => value !== '' && value.length <= LONGEST);
  const ordered = usable.sort((a, b) => b.count - a.count || (always.length > 0 ? 0 : byText(a.value, b.value)));
  return ANYTHING.has(key) ? [...ordered, { value: '*', count: 0 }] : ordered;
}

/** How many devices have each value. */
function countsOf(devices: readonly Device[], valuesOf: (device: Device) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const device of devices) for (const value of new Set(valuesOf(device))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
