import { byClue, type Clue, type ClueKind } from './clue.ts';
import type { Device, DeviceAddress, DeviceMac, DevicePort, Presence } from './device.ts';
import type { Fact, FactKind } from './fact.ts';
import type { KnownName, NameSource, PortState, Service } from './host.ts';
import { labelFacts, labelsFromFacts } from './label-facts.ts';
import { byAddress, byMac, byPort, byRank } from './order.ts';
import { formatPorts, type PortSet, type Protocol, parsePorts } from './ports.ts';
import { rhythmFacts, rhythmFromFact } from './rhythm-facts.ts';
import { servingFacts, withServing } from './serving-facts.ts';
import type { Instant } from './time.ts';
import type { Untrusted } from './untrusted.ts';

/** What is left of a device beside its facts. */
export interface DeviceRow {
  readonly id: number;
  readonly site: string;
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
    ...device.ports.flatMap(servingFacts),
    ...Object.entries(device.asked).map(([protocol, ports]): Fact => ({ kind: 'asked', key: protocol, value: formatPorts(ports) })),
    ...(device.os === null ? [] : [{ kind: 'os' as const, key: '', value: device.os as string }]),
    ...device.clues.map(({ kind, value }): Fact => ({ kind: 'clue', key: `${kind} ${value}`, value: '' })),
    ...labelFacts(device.labels),
    ...rhythmFacts(device.rhythm),
    ...(device.mergedInto === null ? [] : [{ kind: 'merged' as const, key: '', value: String(device.mergedInto) }]),
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

/** A fact, and since when it holds where that is known. */
type SomeFact = Fact & { readonly from?: Instant };

/** The device that these facts, in any order, describe. `seenAt` gives the sightings of its addresses, and checks of its ports ("tcp/22"). */
export function deviceFromFacts(row: DeviceRow, facts: readonly SomeFact[], seenAt: (key: string) => Instant | undefined): Device {
  const kinds = Map.groupBy(facts, ({ kind }) => kind);
  const of = (kind: FactKind): SomeFact[] => kinds.get(kind) ?? [];
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
    ports: withServing(
      of('port').map((fact) => checked(portFromFact(fact), fact.from, seenAt(fact.key))),
      of('serving'),
      of('told'),
    ).sort(byPort),
    asked: Object.fromEntries(of('asked').map(({ key, value }): [Protocol, PortSet] => [key as Protocol, parsePorts(value) ?? []])),
    os: (of('os')[0]?.value as Untrusted | undefined) ?? null,
    clues: of('clue').map(clueFromFact).sort(byClue),
    labels: labelsFromFacts(of('label')),
    rhythm: rhythmFromFact(of('rhythm')[0]),
    mergedInto: of('merged')[0] ? Number(of('merged')[0]?.value) : null,
  };
}

function macFromFact({ key, value }: Fact): DeviceMac {
  return { mac: key, vendor: value === '' ? null : (value as Untrusted) };
}

function nameFromFact({ key, value, from }: SomeFact): KnownName {
  return { name: key as Untrusted, source: value as NameSource, ...(from !== undefined && { since: from }) };
}

/** A check from before what is known of the port is one of a port that closed since. */
function checked(port: DevicePort, since: Instant | undefined, at: Instant | undefined): DevicePort {
  return port.state === 'open' && at !== undefined && (since === undefined || at >= since) ? { ...port, checkedAt: at } : port;
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

function clueFromFact({ key }: Fact): Clue {
  const space = key.indexOf(' ');
  return { kind: key.slice(0, space) as ClueKind, value: key.slice(space + 1) as Untrusted };
}
