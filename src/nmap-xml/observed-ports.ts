import {
  mergePorts,
  type PortSeen,
  type PortState,
  type Protocol,
  type Service,
  TEXT_CAP,
  type UnlistedPorts,
  untrusted,
} from '../core/index.ts';
import { identityOf } from './identity-seen.ts';
import type { XmlExtraPorts, XmlHost, XmlPort, XmlReason, XmlService } from './xml-host.ts';

const PROTOCOLS: ReadonlySet<string> = new Set<Protocol>(['tcp', 'udp', 'sctp', 'ip']);
const STATES: ReadonlySet<string> = new Set<PortState>(['open', 'closed', 'filtered', 'unfiltered', 'open|filtered', 'closed|filtered']);

/** A protocol by its name in the document; null when it is none we know. */
export const asProtocol = (text: string | null): Protocol | null => (text !== null && PROTOCOLS.has(text) ? (text as Protocol) : null);
const stateOf = (text: string | null): PortState => (text !== null && STATES.has(text) ? (text as PortState) : 'unknown');

/** The ports nmap lists one by one, closed ones too. A port listed twice counts as it was listed last. */
export function portsOf(host: XmlHost): PortSeen[] {
  const ports = new Map<string, PortSeen>();
  for (const port of host.ports) {
    const seen = portSeen(port);
    if (seen) ports.set(`${seen.protocol}/${seen.port}`, seen);
  }
  return [...ports.values()];
}

function portSeen(port: XmlPort): PortSeen | null {
  const protocol = asProtocol(port.protocol);
  if (!protocol) return null;
  const serving = identityOf(port.scripts);
  return {
    protocol,
    port: port.portid,
    state: stateOf(port.state),
    service: port.service && serviceOf(port.service),
    ...(serving && { serving }),
  };
}

function serviceOf(service: XmlService): Service {
  const text = (value: string | null, cap: number = TEXT_CAP.banner) => untrusted(value ?? '', cap);
  return {
    name: text(service.name, TEXT_CAP.name),
    product: text(service.product),
    version: text(service.version),
    extra: text(service.extrainfo),
    tunnel: text(service.tunnel, TEXT_CAP.name),
    method: service.method === 'probed' ? 'probed' : 'table',
  };
}

/** The ports nmap only counts. Where nothing says which protocol they belong to, nothing is claimed. */
export function unlistedOf(host: XmlHost): UnlistedPorts[] {
  return host.extraports.flatMap((extra) => unlisted(extra, host.scanProtocol));
}

function unlisted(extra: XmlExtraPorts, scanProtocol: string | null): UnlistedPorts[] {
  const state = stateOf(extra.state);
  const exact = extra.reasons.length > 0 && extra.reasons.every(({ protocol, ports }) => asProtocol(protocol) && ports);
  if (exact) return byProtocol(extra.reasons, state);
  const protocol = asProtocol(extra.reasons[0]?.protocol ?? scanProtocol);
  const sole = extra.reasons.every((reason) => (reason.protocol ?? scanProtocol) === protocol);
  return protocol && sole ? [{ protocol, state, count: extra.count, ports: null }] : [];
}

function byProtocol(reasons: readonly XmlReason[], state: PortState): UnlistedPorts[] {
  return Array.from(
    Map.groupBy(reasons, ({ protocol }) => protocol as Protocol),
    ([protocol, alike]) => ({
      protocol,
      state,
      count: alike.reduce((sum, { count }) => sum + count, 0),
      ports: mergePorts(alike.flatMap(({ ports }) => ports ?? [])),
    }),
  );
}
