import {
  type AddressRange,
  bad,
  canonicalMac,
  DEVICE_TYPES,
  type Device,
  type DeviceType,
  deviceName,
  good,
  IMPORTANCES,
  type Instant,
  isRandomizedMac,
  isWithin,
  type Millis,
  type Protocol,
  parseDuration,
  parsePorts,
  parseTarget,
  portsHold,
  type Result,
} from '../../core/index.ts';

export interface FilterContext {
  readonly now: Instant;
  /** What a device is taken for, where nobody said; null when nobody knows. */
  typeOf(device: Device): DeviceType | null;
}

export type Test = (device: Device, context: FilterContext) => boolean;

/** Reads one value of a key; the fault says what is wrong with it and what to write. */
type Key = (value: string) => Result<Test>;

/** Every key of the filter language. */
export const KEYS: Readonly<Record<string, Key>> = {
  group: (value) => good(({ labels }) => labels.groups.some((group) => same(group, value))),
  tag: (value) => good(({ labels }) => labels.tags.some((tag) => same(tag, value))),
  owner: (value) => good(({ labels }) => labels.owner !== null && same(labels.owner, value)),
  type: oneOf(
    DEVICE_TYPES,
    (type) =>
      (device, { typeOf }) =>
        (device.labels.type ?? typeOf(device)) === type,
  ),
  presence: oneOf(['present', 'away', 'unknown'] as const, (presence) => (device) => device.presence === presence),
  importance: oneOf(IMPORTANCES, (importance) => (device) => device.labels.importance === importance),
  port: portTest,
  service: (value) =>
    good(({ ports }) =>
      ports.some(({ state, service }) => state === 'open' && service !== null && hold([service.name, service.product], value)),
    ),
  vendor: (value) =>
    good(({ macs }) =>
      hold(
        macs.map(({ vendor }) => vendor ?? ''),
        value,
      ),
    ),
  name: (value) => good((device) => hold(namesOf(device), value)),
  mac: macTest,
  ip: addressTest,
  new: (value) => within(value, ({ firstSeen }) => firstSeen),
  seen: (value) => within(value, ({ lastSeen }) => lastSeen),
  os: (value) => good(({ os }) => os !== null && holds(os, value)),
  probe: yesNo(({ labels }) => labels.probed),
  carried: yesNo(({ labels }) => labels.carried === true),
  random: yesNo(({ macs }) => macs.some(({ mac }) => isRandomizedMac(mac))),
  id: (value) => (/^\d{1,15}$/.test(value) ? good(({ id }) => id === Number(value)) : bad('it is no number', 'write a number, like id:7')),
};

/** A word without a key: somewhere in names, addresses or makers. */
export const bareTest =
  (value: string): Test =>
  (device) =>
    hold(namesOf(device), value) ||
    hold(
      device.addresses.map(({ address }) => address),
      value,
    ) ||
    device.macs.some(({ mac, vendor }) => holds(mac, value) || holds(vendor ?? '', value));

const namesOf = (device: Device): string[] => [deviceName(device) ?? '', ...device.names.map(({ name }) => name)];

const plain = (text: string): string => text.normalize('NFC').toLowerCase();
const same = (text: string, value: string): boolean => plain(text) === plain(value);
const holds = (text: string, value: string): boolean => plain(text).includes(plain(value));
const hold = (texts: readonly string[], value: string): boolean => texts.some((text) => holds(text, value));

function oneOf<T extends string>(values: readonly T[], test: (value: T) => Test): Key {
  return (text) => {
    const value = values.find((one) => one === text.toLowerCase());
    return value === undefined ? bad(`it is none of ${values.join(', ')}`, `write one of these`) : good(test(value));
  };
}

function yesNo(test: Test): Key {
  return (value) => {
    const wanted = { yes: true, no: false }[value.toLowerCase()];
    return wanted === undefined
      ? bad('it is neither yes nor no', 'write yes or no')
      : good((device, context) => test(device, context) === wanted);
  };
}

/** "22", "1-1024", "udp/53": open ports. */
function portTest(value: string): Result<Test> {
  const [, protocol = null, text = ''] = /^(?:(tcp|udp|sctp)\/)?(.*)$/i.exec(value) ?? [];
  const ports = parsePorts(text);
  if (!ports || ports.length === 0) return bad('it is no port', 'write a port like 22, a range like 1-1024, or udp/53');
  const wanted = protocol?.toLowerCase() as Protocol | undefined;
  return good((device) =>
    device.ports.some(
      (entry) => entry.state === 'open' && (wanted === undefined || entry.protocol === wanted) && portsHold(ports, entry.port),
    ),
  );
}

function macTest(value: string): Result<Test> {
  const prefix = canonicalMac(value) ?? value.toLowerCase().replaceAll('-', ':');
  if (!/^[0-9a-f]{2}(?::[0-9a-f]{2}){0,5}:?$/.test(prefix))
    return bad('it is no hardware address', 'write it, or its beginning, like 00:11:32');
  return good(({ macs }) => macs.some(({ mac }) => mac.startsWith(prefix)));
}

function addressTest(value: string): Result<Test> {
  const target = parseTarget(value);
  if (!target.ok || target.value.kind !== 'ranges')
    return bad('it is no address', 'write an address, a block like 10.0.0.0/24, or a range');
  const ranges: readonly AddressRange[] = target.value.ranges;
  return good(({ addresses }) => addresses.some(({ address }) => isWithin(ranges, address)));
}

/** "7d": within that time; ">7d": longer ago. */
function within(value: string, momentOf: (device: Device) => Instant): Result<Test> {
  const older = value.startsWith('>');
  const length: Millis | undefined = parseDuration(older ? value.slice(1) : value);
  if (length === undefined) return bad('it is no length of time', 'write one like 7d or 1h30m; >7d for longer ago');
  return good((device, { now }) => now - momentOf(device) > length === older);
}
