import { type Address, type Lot, mergePorts, type PortRange, type Protocol, rangesOf } from '../core/index.ts';

/** One port of one host. */
export interface Pair {
  readonly address: Address;
  readonly protocol: Protocol;
  readonly port: number;
}

/**
 * Exactly these pairs, and no others, as few lots: each lot is one run of a tool that asks every port of it of every address of
 * it. Hosts that share ports hang together; within what hangs together either hosts with the same ports make a lot, or ports with
 * the same hosts, whichever are fewer.
 */
export function lotsOf(pairs: readonly Pair[]): Lot[] {
  return connected(pairs).flatMap((some) => {
    const byHosts = alike(some, hostOf, portOf);
    const byPorts = alike(some, portOf, hostOf);
    return (byPorts.length < byHosts.length ? byPorts : byHosts).map(lotOf);
  });
}

const hostOf = ({ address }: Pair): string => address;
const portOf = ({ protocol, port }: Pair): string => `${protocol}/${port}`;

/** Pairs whose `one` side has exactly the same `other` side, together: a full rectangle each. */
function alike(pairs: readonly Pair[], one: (pair: Pair) => string, other: (pair: Pair) => string): Pair[][] {
  const groups = Map.groupBy(pairs, one);
  const kinds = Map.groupBy(groups.values(), (group) => [...new Set(group.map(other))].sort().join(' '));
  return [...kinds.values()].map((kind) => kind.flat());
}

/** Pairs that hang together by a host or a port, in the order of their first. */
function connected(pairs: readonly Pair[]): Pair[][] {
  const above = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    // Long chains are cut short, or many hosts of one port would be walked again and again.
    for (let at = name; at !== root; ) {
      const next = above.get(at) as string;
      above.set(at, root);
      at = next;
    }
    return root;
  };
  for (const pair of pairs) {
    const [host, port] = [rootOf(hostOf(pair)), rootOf(portOf(pair))];
    if (host !== port) above.set(port, host);
  }
  return [...Map.groupBy(pairs, (pair) => rootOf(hostOf(pair))).values()];
}

function lotOf(pairs: readonly Pair[]): Lot {
  const protocols = Map.groupBy(pairs, ({ protocol }) => protocol);
  const ports = [...protocols].map(([protocol, some]) => [protocol, mergePorts(some.map(({ port }): PortRange => [port, port]))] as const);
  return { addresses: rangesOf([...new Set(pairs.map(hostOf))]), ports: Object.fromEntries(ports) };
}
