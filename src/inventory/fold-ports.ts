import {
  type Coverage,
  coversPort,
  type Device,
  type DevicePort,
  formatPorts,
  mergePorts,
  type Observation,
  type PortSeen,
  type PortSet,
  type PortState,
  type Protocol,
  portsHold,
  type Service,
  type UnlistedPorts,
} from '../core/index.ts';

type PortFacts = Pick<Device, 'ports' | 'asked'>;

/**
 * What is known of a device's ports after a scan saw it. Ports the scan did not ask, and all ports of a host it
 * gave up on, stay as they were; a port that was asked and not found open is closed, or filtered where it says so.
 */
export function foldPorts(known: PortFacts, observations: readonly Observation[], coverage: Coverage): PortFacts {
  const answered = observations.filter((observation) => !observation.timedOut);
  const asked = answered.length > 0 ? Object.entries(coverage.ports).filter(([, ports]) => ports.length > 0) : [];
  if (asked.length === 0) return known;
  const listed = new Map<string, PortSeen>();
  for (const seen of answered.flatMap((observation) => observation.ports)) keepTheMostOpen(listed, seen);
  const unlisted = answered.flatMap((observation) => observation.unlisted);
  const ports = [...foundPorts(known.ports, listed), ...missedPorts({ known: known.ports, listed, unlisted, coverage })];
  return {
    ports: sameOr(known.ports, ports.sort(byProtocolThenPort), portText),
    asked: widenAsked(known.asked, asked as [Protocol, PortSet][]),
  };
}

const keyOf = (port: { protocol: Protocol; port: number }): string => `${port.protocol}/${port.port}`;

/** A device that answers at several addresses has a port open when it is open at any of them. */
function keepTheMostOpen(listed: Map<string, PortSeen>, seen: PortSeen): void {
  const before = listed.get(keyOf(seen));
  if (!before || (before.state !== 'open' && seen.state === 'open')) listed.set(keyOf(seen), seen);
}

function foundPorts(known: readonly DevicePort[], listed: ReadonlyMap<string, PortSeen>): DevicePort[] {
  const before = new Map(known.map((port) => [keyOf(port), port]));
  return [...listed.values()]
    .filter(({ state }) => state !== 'closed' && state !== 'unknown')
    .map(({ protocol, port, state, service }) => ({
      protocol,
      port,
      state,
      service: serviceOf(before.get(`${protocol}/${port}`), state, service),
    }));
}

/** A name guessed from the port number never replaces what the service itself said. */
function serviceOf(before: DevicePort | undefined, state: PortState, seen: Service | null): Service | null {
  const told = before?.state === state ? before.service : null;
  if (seen === null) return told;
  return seen.method === 'table' && told?.method === 'probed' ? told : seen;
}

interface Missed {
  readonly known: readonly DevicePort[];
  readonly listed: ReadonlyMap<string, PortSeen>;
  readonly unlisted: readonly UnlistedPorts[];
  readonly coverage: Coverage;
}

/** Known ports the scan did not list: unasked ones stay, asked ones take the state of the unlisted. */
function missedPorts({ known, listed, unlisted, coverage }: Missed): DevicePort[] {
  return known
    .filter((port) => !listed.has(keyOf(port)))
    .flatMap((port) => {
      if (!coversPort(coverage, port.protocol, port.port)) return [port];
      const state = unlistedState(port, unlisted);
      return state === 'closed' ? [] : [{ ...port, state, service: null }];
    });
}

/** The exact list decides where the tool gave one; else the biggest group it folded away. */
function unlistedState({ protocol, port }: DevicePort, unlisted: readonly UnlistedPorts[]): PortState {
  const groups = unlisted.filter((group) => group.protocol === protocol);
  const exact = groups.find((group) => group.ports && portsHold(group.ports, port));
  if (exact) return exact.state;
  const [largest] = groups.filter((group) => group.ports === null).sort((a, b) => b.count - a.count);
  return largest?.state ?? 'closed';
}

function widenAsked(before: Device['asked'], asked: readonly [Protocol, PortSet][]): Device['asked'] {
  const widened: Partial<Record<Protocol, PortSet>> = { ...before };
  for (const [protocol, ports] of asked) widened[protocol] = mergePorts([...(before[protocol] ?? []), ...ports]);
  const same = asked.every(([protocol]) => formatPorts(before[protocol] ?? []) === formatPorts(widened[protocol] ?? []));
  return same ? before : widened;
}

function byProtocolThenPort(a: DevicePort, b: DevicePort): number {
  if (a.protocol !== b.protocol) return a.protocol < b.protocol ? -1 : 1;
  return a.port - b.port;
}

function portText(port: DevicePort): string {
  return JSON.stringify(port);
}

/** The old list when the new one says the same, so that "unchanged" is a comparison of references. */
export function sameOr<T>(before: readonly T[], after: readonly T[], text: (item: T) => string): readonly T[] {
  return before.length === after.length && before.every((item, i) => text(item) === text(after[i] as T)) ? before : after;
}
