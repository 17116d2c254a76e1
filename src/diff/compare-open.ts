import {
  byPort,
  type Coverage,
  countPorts,
  type DevicePort,
  type Difference,
  formatPorts,
  mergePorts,
  type PortRange,
  type PortState,
  portsHold,
  type UnknownPart,
} from '../core/index.ts';
import { type Findings, placesNotAsked, type Seen, type Sides, shortList } from './compare-known.ts';
import { comparePorts, portsByKey } from './compare-ports.ts';
import { type IgnoreRules, ignoresPort } from './ignore.ts';
import { portKey, unlistedState } from './look-ports.ts';

/** A port that either side lists, as both sides know it. */
export interface PortPair {
  readonly a: DevicePort;
  readonly b: DevicePort;
}

/** Every port that either side lists, in order; unknown where a side did not ask, or not so that it could tell: never closed. */
export function pairPorts(sides: Sides): PortPair[] {
  const [inA, inB] = [portsByKey(sides.a.device), portsByKey(sides.b.device)];
  const elsewhere = { a: placesNotAsked(sides.a, sides.b).length > 0, b: placesNotAsked(sides.b, sides.a).length > 0 };
  return [...new Map([...inA, ...inB]).values()].sort(byPort).map((ref) => {
    const [old, fresh] = [inA.get(portKey(ref)) ?? unlistedPort(sides.a, ref), inB.get(portKey(ref)) ?? unlistedPort(sides.b, ref)];
    const a = elsewhere.a || isVague(old, { other: fresh, coverage: sides.a.view.coverage }) ? doubted(old, fresh) : old;
    const b = elsewhere.b || isVague(fresh, { other: old, coverage: sides.b.view.coverage }) ? doubted(fresh, old) : fresh;
    return { a, b };
  });
}

/**
 * Whether the look could not tell open from shut: nmap's ACK scan says "unfiltered" of both, its FIN scan hears nothing of
 * an open port, and many a UDP service answers only who asks for its version.
 */
function isVague({ protocol, state }: DevicePort, { other, coverage }: { other: DevicePort; coverage: Coverage }): boolean {
  if (state === 'unfiltered') return true;
  return state === 'open|filtered' && (protocol !== 'udp' || (isProbed(other) && coverage.depth !== 'versions'));
}

function unlistedPort({ device, unlisted }: Seen, ref: DevicePort): DevicePort {
  const state = isAsked({ device }, ref) ? unlistedState(ref, unlisted) : 'unknown';
  return { protocol: ref.protocol, port: ref.port, state, service: null };
}

const isAsked = ({ device }: Pick<Seen, 'device'>, { protocol, port }: DevicePort): boolean =>
  portsHold(device.asked[protocol] ?? [], port);

/** It may be open at an address that this side did not ask (law 2). */
function doubted(mine: DevicePort, other: DevicePort): DevicePort {
  return other.state === 'open' && mine.state !== 'open' ? { ...mine, state: 'unknown', service: null } : mine;
}

/** Ports that opened, closed, went silent or serve something else, and what one side did not ask of them. */
export function compareOpen(sides: Sides, pairs: readonly PortPair[], rules: IgnoreRules): Findings {
  const told = pairs.filter(({ a }) => !ignoresPort(rules, a));
  const left = told.length === pairs.length ? [] : pairs.filter(({ a }) => ignoresPort(rules, a));
  return {
    differences: portDifferences(sides, told),
    unknown: [...unknownPorts(sides, told), ...unknownServices(sides, told)],
    ignored: portDifferences(sides, left).length,
  };
}

function portDifferences({ a, b }: Sides, pairs: readonly PortPair[]): Difference[] {
  const before = { ...a.device, ports: pairs.map((pair) => pair.a) };
  const after = { ...b.device, ports: pairs.map((pair) => pair.b) };
  return comparePorts(before, after).map((draft) => ({ kind: draft.kind as Difference['kind'], before: draft.before, after: draft.after }));
}

/** States in which the other side's not having asked is worth a word. */
const TELLING: ReadonlySet<PortState> = new Set(['open', 'open|filtered', 'filtered']);

function unknownPorts(sides: Sides, pairs: readonly PortPair[]): UnknownPart[] {
  const of = (side: 'a' | 'b', other: 'a' | 'b'): UnknownPart[] => {
    const missed = pairs.filter((pair) => pair[side].state === 'unknown' && TELLING.has(pair[other].state)).map((pair) => pair[other]);
    const places = missed.length === 0 ? [] : placesNotAsked(sides[side], sides[other]);
    if (places.length > 0) return partsOf(missed, side, () => ` at ${shortList(places)}`);
    const { true: vague = [], false: silent = [] } = Object.groupBy(missed, (port) => `${isAsked(sides[side], port)}`);
    return [...partsOf(silent, side, () => ''), ...partsOf(vague, side, (many) => ` whether ${many ? 'they are' : 'it is'} open`)];
  };
  return [...of('a', 'b'), ...of('b', 'a')];
}

function partsOf(missed: readonly DevicePort[], side: 'a' | 'b', more: (many: boolean) => string): UnknownPart[] {
  return portLists(missed).map(({ text, many }) => ({
    what: 'ports',
    side,
    text: `${text} ${many ? 'were' : 'was'} not asked${more(many)}`,
  }));
}

/** Open on both sides, and only the other one's service was asked what it is. */
function unknownServices(sides: Sides, pairs: readonly PortPair[]): UnknownPart[] {
  const open = pairs.filter(({ a, b }) => a.state === 'open' && b.state === 'open');
  const of = (side: 'a' | 'b', other: 'a' | 'b'): UnknownPart[] => {
    // Who asked and was told nothing has asked.
    if (sides[side].view.coverage.depth === 'versions') return [];
    const missed = open.filter((pair) => isProbed(pair[other]) && !isProbed(pair[side]));
    const lists = portLists(missed.map((pair) => pair[side])).map(({ text }) => text);
    const [subject, verb] = missed.length === 1 ? ['the service', 'was'] : ['the services', 'were'];
    return lists.length === 0 ? [] : [{ what: 'services', side, text: `${subject} of ${lists.join(' and ')} ${verb} not asked` }];
  };
  return [...of('a', 'b'), ...of('b', 'a')];
}

const isProbed = ({ service }: DevicePort): boolean => service?.method === 'probed';

/** Of a tarpit with every other port open nobody reads them all. */
const RANGES_SHOWN = 50;

/** "tcp ports 22,80-90", one for each protocol. */
function portLists(ports: readonly DevicePort[]): { readonly text: string; readonly many: boolean }[] {
  return Array.from(
    Map.groupBy(ports, ({ protocol }) => protocol),
    ([protocol, alike]) => {
      const ranges = mergePorts(alike.map(({ port }): PortRange => [port, port]));
      const more = countPorts(ranges.slice(RANGES_SHOWN));
      const list = `${formatPorts(ranges.slice(0, RANGES_SHOWN))}${more > 0 ? ` and ${more} more` : ''}`;
      return { text: `${protocol} ${alike.length > 1 ? 'ports' : 'port'} ${list}`, many: alike.length > 1 };
    },
  );
}
