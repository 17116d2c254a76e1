import {
  byPort,
  type Coverage,
  type Device,
  type DevicePort,
  mergePorts,
  type Observation,
  type PortRange,
  type PortSeen,
  type PortSet,
  type PortState,
  type Protocol,
  parseAddress,
  portsAskedAt,
  portsHold,
  portsInclude,
  portsOfBoth,
  type UnlistedPorts,
} from '../core/index.ts';
import { covers } from './places.ts';

/** What one look says of ports: the same for what is folded into a known device and for a device seen once. */
type Asked = Device['asked'];
export type PortRef = { readonly protocol: Protocol; readonly port: number };

/** "tcp/22". */
export const portKey = ({ protocol, port }: PortRef): string => `${protocol}/${port}`;

/** The ports of a device known by this look alone. */
export function portsOfLook(observations: readonly Observation[], coverage: Coverage): Pick<Device, 'ports' | 'asked'> {
  const listed = listedPorts(answered(observations).flatMap(({ ports }) => ports));
  const ports = [...listed.values()].filter(({ state }) => state !== 'closed');
  return {
    ports: ports
      .map(({ protocol, port, state, service, serving }): DevicePort => ({ protocol, port, state, service, ...(serving && { serving }) }))
      .sort(byPort),
    asked: widenAsked({}, askedPorts(observations, coverage), [...listed.values()]),
  };
}

/**
 * What the look says of ports that it does not list as anything but closed. Those it lists as closed come first, or the
 * groups that are only counted would claim them.
 */
export function unlistedOfLook(observations: readonly Observation[]): readonly UnlistedPorts[] {
  const inTime = answered(observations);
  const closed = [...listedPorts(inTime.flatMap(({ ports }) => ports)).values()].filter(({ state }) => state === 'closed');
  return [...closedGroups(closed), ...inTime.flatMap(({ unlisted }) => unlisted)];
}

function closedGroups(closed: readonly PortSeen[]): UnlistedPorts[] {
  return Array.from(
    Map.groupBy(closed, ({ protocol }) => protocol),
    ([protocol, ports]) => ({
      protocol,
      state: 'closed',
      count: ports.length,
      ports: mergePorts(ports.map(({ port }): PortRange => [port, port])),
    }),
  );
}

/** Hosts the tool did not give up on. */
export function answered(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter(({ timedOut }) => !timedOut);
}

/** The ports whose silence means something here: of a host seen at several addresses those asked at each. */
export function askedPorts(observations: readonly Observation[], coverage: Coverage): Asked {
  const silent = Object.keys(coverage.ports).length === 0 && coverage.apart === undefined;
  if (silent || !observations.every((seen) => !seen.timedOut && covers(coverage, seen))) return {};
  if (coverage.apart === undefined) return coverage.ports;
  const places = observations.flatMap(({ address }) => parseAddress(address) ?? []);
  const [first = {}, ...others] = places.map((place) => portsAskedAt(coverage, place));
  return others.reduce(portsOfBoth, first);
}

const OPENNESS: readonly PortState[] = ['unknown', 'closed', 'closed|filtered', 'filtered', 'unfiltered', 'open|filtered', 'open'];

/** A device that answers at several addresses has a port open when it is open at any of them. */
export function listedPorts(ports: readonly PortSeen[]): ReadonlyMap<string, PortSeen> {
  const listed = new Map<string, PortSeen>();
  for (const seen of ports) {
    const before = listed.get(portKey(seen));
    if (!before || OPENNESS.indexOf(seen.state) > OPENNESS.indexOf(before.state)) listed.set(portKey(seen), seen);
  }
  return listed;
}

/** State of a port that was asked and not listed: the exact list decides where the tool gave one; else the biggest group it folded away. */
export function unlistedState({ protocol, port }: PortRef, unlisted: readonly UnlistedPorts[]): PortState {
  const groups = unlisted.filter((group) => group.protocol === protocol);
  const exact = groups.find((group) => group.ports && portsHold(group.ports, port));
  if (exact) return exact.state;
  const [largest] = groups.filter((group) => group.ports === null).sort((a, b) => b.count - a.count);
  return largest?.state ?? 'closed';
}

/** What was ever asked, and now also this. The same object when it was known. */
export function widenAsked(before: Asked, asked: Asked, listed: readonly PortSeen[]): Asked {
  let widened = before;
  const widen = (protocol: Protocol, ports: PortSet): void => {
    const known = widened[protocol] ?? [];
    if (portsInclude(known, ports)) return;
    // Of a new device the set is the scan's own: ten thousand of them share one.
    widened = { ...widened, [protocol]: known.length === 0 ? ports : mergePorts([...known, ...ports]) };
  };
  for (const [protocol, ports] of Object.entries(asked)) widen(protocol as Protocol, ports);
  const more = listed.filter(({ protocol, port }) => !portsHold(widened[protocol] ?? [], port));
  for (const protocol of new Set(more.map((seen) => seen.protocol)))
    widen(protocol, mergePorts(more.filter((seen) => seen.protocol === protocol).map(({ port }): PortRange => [port, port])));
  return widened;
}
