import {
  type AddressRange,
  type Coverage,
  type Depth,
  evenly,
  mergePorts,
  mergeRanges,
  NO_COVERAGE,
  type PortSet,
  type Protocol,
  portsHold,
  subtractRanges,
} from '../core/index.ts';

/** The part of a coverage that lies in these ranges. */
export function coverageWithin(coverage: Coverage, ranges: readonly AddressRange[]): Coverage {
  const outside = subtractRanges(coverage.addresses, ranges);
  return { ...coverage, addresses: subtractRanges(coverage.addresses, outside) };
}

/**
 * What several looks asked together: the addresses of all; of ports and depth only what was asked everywhere, by
 * whichever look, since coverage holds for every covered host.
 */
export function askedTogether(looks: readonly Coverage[]): Coverage {
  const asking = alikeTogether(looks.flatMap(evenly).filter(({ addresses }) => addresses.length > 0));
  if (asking.length === 0) return NO_COVERAGE;
  const addresses = mergeRanges(asking.flatMap((look) => look.addresses));
  const everywhere = (some: readonly Coverage[]): boolean =>
    subtractRanges(
      addresses,
      some.flatMap((look) => look.addresses),
    ).length === 0;
  return {
    addresses,
    ports: portsAsked(asking, everywhere),
    depth: DEPTHS.find((depth) => everywhere(asking.filter((look) => asDeepAs(look, depth)))) ?? 'presence',
    basis: asking.some(({ basis }) => basis === 'inferred') ? 'inferred' : 'asked',
  };
}

/** Deepest first. */
const DEPTHS: readonly Depth[] = ['versions', 'ports', 'presence'];

const asDeepAs = (look: Coverage, depth: Depth): boolean => DEPTHS.indexOf(look.depth) <= DEPTHS.indexOf(depth);

/** Looks that asked the same of different addresses, as one: there may be thousands, and few kinds. */
function alikeTogether(looks: readonly Coverage[]): Coverage[] {
  const kinds = Map.groupBy(looks, ({ addresses: _, ...kind }) => JSON.stringify(kind));
  return [...kinds.values()].map((alike) => ({
    ...(alike[0] as Coverage),
    addresses: mergeRanges(alike.flatMap(({ addresses }) => addresses)),
  }));
}

type Everywhere = (some: readonly Coverage[]) => boolean;

function portsAsked(looks: readonly Coverage[], everywhere: Everywhere): Coverage['ports'] {
  const protocols = new Set(looks.flatMap(({ ports }) => Object.keys(ports) as Protocol[]));
  const asked = [...protocols].map((protocol) => [protocol, portsOf(protocol, looks, everywhere)] as const);
  return Object.fromEntries(asked.filter(([, ports]) => ports.length > 0));
}

/** Between two edges of the sets either all ports were asked by a look or none, so one of them speaks for the others. */
function portsOf(protocol: Protocol, looks: readonly Coverage[], everywhere: Everywhere): PortSet {
  const sets = looks.map(({ ports }) => ports[protocol] ?? []);
  const edges = [...new Set(sets.flatMap((set) => set.flatMap(([first, last]) => [first, last + 1])))].sort((a, b) => a - b);
  const known = new Map<string, boolean>();
  const isAsked = (port: number): boolean => {
    const askers = looks.filter((_, i) => portsHold(sets[i] as PortSet, port));
    const key = askers.map((look) => looks.indexOf(look)).join();
    const asked = known.get(key) ?? everywhere(askers);
    known.set(key, asked);
    return asked;
  };
  return mergePorts(edges.flatMap((edge, i) => (isAsked(edge) ? [[edge, (edges[i + 1] as number) - 1] as const] : [])));
}
