import type { Device, DeviceAddress, DeviceMac, DevicePort, Presence } from './device.ts';
import type { HostName, NameSource, PortState, Service } from './host.ts';
import { byAddress, byMac, byPort, byRank } from './order.ts';
import { formatPorts, type PortSet, type Protocol, parsePorts } from './ports.ts';
import type { Instant, Millis } from './time.ts';
import type { Untrusted } from './untrusted.ts';

/**
 * A device as a set of facts, each of which is a span in the store: what a span says never changes while it is
 * open. Only "last seen" moves without a fact changing; it is kept beside the address fact as its sighting.
 */
export type FactKind = 'presence' | 'mac' | 'address' | 'name' | 'port' | 'asked' | 'os';

export interface Fact {
  readonly kind: FactKind;
  /** Which one of its kind: the MAC, the address, "tcp/22", "tcp"; empty where there is only one. */
  readonly key: string;
  /** Its content as compact JSON text; empty when the key says all. */
  readonly value: string;
}

/** What is left of a device beside its facts. */
export interface DeviceRow {
  readonly id: number;
  readonly site: string;
  readonly alias: string | null;
  readonly window: Millis | null;
  readonly firstSeen: Instant;
  /** Used when no sighting says better. */
  readonly lastSeen: Instant;
}

/** All facts of a device, in a fixed order. */
export function factsOf(device: Device): Fact[] {
  return [
    presenceFact(device.presence, device.lastSeen),
    ...device.macs.map(({ mac, vendor }): Fact => ({ kind: 'mac', key: mac, value: vendor ?? '' })),
    ...device.addresses.map(({ address }): Fact => ({ kind: 'address', key: address, value: '' })),
    ...device.names.map(({ name, source }): Fact => ({ kind: 'name', key: name, value: source })),
    ...device.ports.map(portFact),
    ...Object.entries(device.asked).map(([protocol, ports]): Fact => ({ kind: 'asked', key: protocol, value: formatPorts(ports) })),
    ...(device.os === null ? [] : [{ kind: 'os' as const, key: '', value: device.os as string }]),
  ];
}

/**
 * A presence span says where the one before it ended: "away@1763690000000" was last seen then. Present spans
 * carry nothing, since their last seen still moves (it is the sighting).
 */
export function presenceFact(presence: Presence, lastSeen: Instant): Fact {
  return { kind: 'presence', key: '', value: presence === 'present' ? presence : `${presence}@${lastSeen}` };
}

function portFact({ protocol, port, state, service }: DevicePort): Fact {
  const value =
    service === null
      ? state
      : JSON.stringify([state, service.name, service.product, service.version, service.extra, service.tunnel, service.method]);
  return { kind: 'port', key: `${protocol}/${port}`, value };
}

/** The device that these facts, in any order, describe. `seenAt` gives the sightings of its addresses. */
export function deviceFromFacts(row: DeviceRow, facts: readonly Fact[], seenAt: (address: string) => Instant | undefined): Device {
  const kinds = Map.groupBy(facts, ({ kind }) => kind);
  const of = (kind: FactKind): Fact[] => kinds.get(kind) ?? [];
  const addresses = of('address')
    .map(({ key }): DeviceAddress => ({ address: key, seenAt: seenAt(key) ?? row.lastSeen }))
    .sort(byAddress);
  return {
    ...row,
    lastSeen: addresses.reduce((latest, { seenAt: at }) => Math.max(latest, at), row.lastSeen),
    presence: (of('presence')[0]?.value ?? 'unknown').split('@')[0] as Presence,
    macs: of('mac').map(macFromFact).sort(byMac),
    addresses,
    names: of('name').map(nameFromFact).sort(byRank),
    ports: of('port').map(portFromFact).sort(byPort),
    asked: Object.fromEntries(of('asked').map(({ key, value }): [Protocol, PortSet] => [key as Protocol, parsePorts(value) ?? []])),
    os: (of('os')[0]?.value as Untrusted | undefined) ?? null,
  };
}

function macFromFact({ key, value }: Fact): DeviceMac {
  return { mac: key, vendor: value === '' ? null : (value as Untrusted) };
}

function nameFromFact({ key, value }: Fact): HostName {
  return { name: key as Untrusted, source: value as NameSource };
}

function portFromFact({ key, value }: Fact): DevicePort {
  const [protocol, port] = key.split('/') as [Protocol, string];
  if (!value.startsWith('[')) return { protocol, port: Number(port), state: value as PortState, service: null };
  const [state, name, product, version, extra, tunnel, method] = JSON.parse(value) as [
    PortState,
    Untrusted,
    Untrusted,
    Untrusted,
    Untrusted,
    Untrusted,
    Service['method'],
  ];
  return { protocol, port: Number(port), state, service: { name, product, version, extra, tunnel, method } };
}
