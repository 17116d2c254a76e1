import {
  byPort,
  type Coverage,
  type Depth,
  type Device,
  type DevicePort,
  type Instant,
  type Observation,
  type PortSeen,
  type PortState,
  portsHold,
  sameIdentity,
  type UnlistedPorts,
} from '../core/index.ts';
import { answered, askedPorts, listedPorts, portKey, unlistedState, widenAsked } from '../diff/index.ts';
import { foldAnswer } from './fold-answer.ts';

type PortFacts = Pick<Device, 'ports' | 'asked'>;
type Asked = Device['asked'];
type Listed = ReadonlyMap<string, PortSeen>;

/**
 * What is known of a device's ports after a scan saw it. A listed port is what the list says. A port that was asked
 * and not listed is closed, or filtered where the scan says so; ports it did not ask stay as they were, and so do all
 * unlisted ones of a device that it did not cover or, at any of its addresses, gave up on. `elsewhere`: the device
 * has addresses at which this scan did not see it; there its ports may still be as open as they were (law 2).
 */
export function foldPorts(
  known: PortFacts,
  observations: readonly Observation[],
  { coverage, elsewhere, at }: { readonly coverage: Coverage; readonly elsewhere: boolean; readonly at: Instant },
): PortFacts {
  const { ports, asked } = foldStates(known, observations, { coverage, elsewhere, at });
  return { ports: coverage.depth === 'versions' ? checkedNow(ports, { observations, coverage, at }) : ports, asked };
}

function foldStates(
  known: PortFacts,
  observations: readonly Observation[],
  { coverage, elsewhere, at }: { readonly coverage: Coverage; readonly elsewhere: boolean; readonly at: Instant },
): PortFacts {
  const asked = askedPorts(observations, coverage);
  const [only, ...others] = observations;
  if (only && others.length === 0 && confirms(only, known.ports))
    return { ports: known.ports, asked: widenAsked(known.asked, asked, only.ports) };
  const inTime = answered(observations);
  const here = inTime.flatMap((observation) => observation.ports);
  const listed = listedPorts(elsewhere ? [...here, ...known.ports] : here);
  if (here.length === 0 && Object.keys(asked).length === 0) return { ports: known.ports, asked: known.asked };
  const unlisted = inTime.flatMap((observation) => observation.unlisted);
  const { depth } = coverage;
  const ports = [...foundPorts(known.ports, listed, { at, depth }), ...missedPorts({ known: known.ports, listed, unlisted, asked, depth })];
  return {
    ports: sameOr(known.ports, ports.sort(byPort), (port) => JSON.stringify(port)),
    asked: widenAsked(known.asked, asked, [...listed.values()]),
  };
}

/** Whether a host lists just what is known, as in most scans: then nothing has to be worked out. */
function confirms({ ports, timedOut }: Observation, known: readonly DevicePort[]): boolean {
  return !timedOut && ports.length === known.length && ports.every((seen, i) => says(seen, known[i] as DevicePort));
}

function says(seen: PortSeen, { protocol, port, state, service, serving }: DevicePort): boolean {
  if (seen.protocol !== protocol || seen.port !== port || seen.state !== state) return false;
  if (seen.serving && !(serving && sameIdentity(seen.serving, serving))) return false;
  return seen.service === null || JSON.stringify(seen.service) === JSON.stringify(service);
}

interface Moment {
  readonly at: Instant;
  readonly depth: Depth;
}

function foundPorts(known: readonly DevicePort[], listed: Listed, moment: Moment): DevicePort[] {
  const before = new Map(known.map((port) => [portKey(port), port]));
  return [...listed.values()].filter(({ state }) => state !== 'closed').map((seen) => foundPort(before.get(portKey(seen)), seen, moment));
}

function foundPort(before: DevicePort | undefined, seen: PortSeen, { at, depth }: Moment): DevicePort {
  const { protocol, port, state } = seen;
  if (before && saysNothing(state, before, depth)) return before;
  const checkedAt = before?.state === state ? before.checkedAt : undefined;
  const { service, ...identity } = foldAnswer(before, seen, at);
  return { protocol, port, state, service, ...(checkedAt !== undefined && { checkedAt }), ...identity };
}

/**
 * No answer takes no knowledge away. "open|filtered" is none: of what is known to be open it may be that. Many a UDP service
 * answers only who asks for its version: one that keeps silent then has gone.
 */
function saysNothing(state: PortState, known: DevicePort, depth: Depth): boolean {
  if (state === 'open|filtered' && known.state === 'open') return known.protocol !== 'udp' || depth !== 'versions';
  return state === 'unknown';
}

interface Check {
  readonly observations: readonly Observation[];
  readonly coverage: Coverage;
  readonly at: Instant;
}

/** Open ports that were found open by a look that asks versions were asked, whether they answered or not. */
function checkedNow(ports: readonly DevicePort[], { observations, coverage, at }: Check): readonly DevicePort[] {
  const asked = new Set(answered(observations).flatMap((seen) => askedOpen(seen, coverage)));
  if (asked.size === 0) return ports;
  return ports.map((port) => (port.state === 'open' && asked.has(portKey(port)) ? { ...port, checkedAt: at } : port));
}

function askedOpen(seen: Observation, coverage: Coverage): string[] {
  const asked = askedPorts([seen], coverage);
  const open = seen.ports.filter(({ protocol, port, state }) => state === 'open' && portsHold(asked[protocol] ?? [], port));
  return open.map(portKey);
}

interface Missed {
  readonly known: readonly DevicePort[];
  readonly listed: Listed;
  readonly unlisted: readonly UnlistedPorts[];
  readonly asked: Asked;
  readonly depth: Depth;
}

/** Known ports the scan did not list: unasked ones stay, asked ones take the state of the unlisted. */
function missedPorts({ known, listed, unlisted, asked, depth }: Missed): DevicePort[] {
  return known
    .filter((port) => !listed.has(portKey(port)))
    .flatMap((port) => {
      const state = portsHold(asked[port.protocol] ?? [], port.port) ? unlistedState(port, unlisted) : 'unknown';
      if (state === port.state || saysNothing(state, port, depth)) return [port];
      return state === 'closed' ? [] : [{ ...port, state, service: null }];
    });
}

/** The old list when the new one says the same, so that "unchanged" is a comparison of references. */
export function sameOr<T>(before: readonly T[], after: readonly T[], text: (item: T) => string): readonly T[] {
  return before.length === after.length && before.every((item, i) => text(item) === text(after[i] as T)) ? before : after;
}
