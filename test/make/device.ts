import {
  type Coverage,
  type Device,
  type DevicePort,
  type HostName,
  type Labels,
  type NameSource,
  NO_COVERAGE,
  NO_LABELS,
  NOTHING_LEARNED,
  type Observation,
  orFault,
  type PortSeen,
  type PortState,
  parsePorts,
  parseTarget,
  type Service,
  type Untrusted,
  untrusted,
} from '../../src/core/index.ts';

/** Makers for tests: everything has a plain default, and each test says only what it is about. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A Monday morning. */
export const AT = Date.UTC(2026, 0, 5, 8);

/** "02:00:5e:00:00:07" for 7. */
export const mac = (n: number): string => `02:00:5e:00:${hex(n >> 8)}:${hex(n & 255)}`;
const hex = (n: number): string => n.toString(16).padStart(2, '0');

export const name = (text: string, source: NameSource = 'dns'): HostName => ({ name: untrusted(text), source });

/** A device seen at AT, with one address, no MAC, no ports. */
export function device(
  fields: Partial<Omit<Device, 'addresses' | 'labels'>> & Partial<Labels> & { at?: readonly string[]; seenAt?: number } = {},
): Device {
  const { at = ['10.0.0.1'], seenAt = fields.lastSeen ?? AT, ...others } = fields;
  const said = Object.fromEntries(Object.entries(others).filter(([key]) => key in NO_LABELS));
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => !(key in NO_LABELS)));
  return {
    id: 1,
    site: 'home',
    firstSeen: seenAt,
    lastSeen: seenAt,
    presence: 'present',
    macs: [],
    addresses: at.map((address) => ({ address, seenAt })),
    names: [],
    ports: [],
    asked: {},
    os: null,
    ...NOTHING_LEARNED,
    ...rest,
    labels: { ...NO_LABELS, ...said },
  };
}

/** A host that answered, by address and (as a number) its MAC. */
export function seen(address: string, macNumber: number | null = null, fields: Partial<Observation> = {}): Observation {
  return {
    address,
    mac: macNumber === null ? null : mac(macNumber),
    vendor: null,
    names: null,
    reason: macNumber === null ? 'syn-ack' : 'arp-response',
    seenAt: AT,
    ports: [],
    unlisted: [],
    timedOut: false,
    os: null,
    ...fields,
  };
}

export function service(product: string, fields: Partial<Record<keyof Service, string>> = {}): Service {
  const text = (key: 'name' | 'version' | 'extra' | 'tunnel', otherwise = ''): Untrusted => untrusted(fields[key] ?? otherwise);
  return {
    name: text('name', 'http'),
    product: untrusted(product),
    version: text('version'),
    extra: text('extra'),
    tunnel: text('tunnel'),
    method: (fields.method ?? 'probed') as Service['method'],
  };
}

/** A name guessed from the port number. */
export const guess = (text: string): Service => service('', { name: text, method: 'table' });

export function port(number: number, state: PortState = 'open', served: Service | null = null): DevicePort & PortSeen {
  return { protocol: 'tcp', port: number, state, service: served };
}

/** Coverage of targets as text, and of TCP ports as text. */
export function covering(targets: readonly string[], tcp?: string): Coverage {
  const ranges = targets.flatMap((text) => {
    const spec = orFault(parseTarget(text));
    return spec.kind === 'ranges' ? spec.ranges : [];
  });
  return tcp === undefined
    ? { ...NO_COVERAGE, addresses: ranges }
    : { addresses: ranges, ports: { tcp: parsePorts(tcp) ?? [] }, depth: 'ports', basis: 'asked' };
}
