/** Sets of port numbers, as sorted disjoint closed ranges, written "22,80-90". */

export type Protocol = 'tcp' | 'udp' | 'sctp' | 'ip';

/** A closed range of port numbers: [first, last]. */
export type PortRange = readonly [first: number, last: number];

/** Sorted and disjoint. */
export type PortSet = readonly PortRange[];

/** Reads "1-1024,8080"; undefined when any part is not a port or a rising range (0-65535). */
export function parsePorts(text: string): PortSet | undefined {
  if (text === '') return [];
  const ranges: PortRange[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    if (!match) return undefined;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (last > 65535 || first > last) return undefined;
    ranges.push([first, last]);
  }
  return mergePorts(ranges);
}

export function formatPorts(ports: PortSet): string {
  return ports.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

/** Normal form of any list of ranges. */
export function mergePorts(ranges: readonly PortRange[]): PortSet {
  const merged: PortRange[] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const end = merged.at(-1);
    if (end && first <= end[1] + 1) merged[merged.length - 1] = [end[0], Math.max(end[1], last)];
    else merged.push([first, last]);
  }
  return merged;
}

export function portsHold(ports: PortSet, port: number): boolean {
  let low = 0;
  let high = ports.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ports[middle] as PortRange;
    if (last < port) low = middle + 1;
    else if (first > port) high = middle - 1;
    else return true;
  }
  return false;
}

/** Whether every port of one set is in the other. */
export function portsInclude(outer: PortSet, inner: PortSet): boolean {
  let at = 0;
  return inner.every(([first, last]) => {
    while (at < outer.length && (outer[at] as PortRange)[1] < first) at++;
    const range = outer[at];
    return range !== undefined && range[0] <= first && last <= range[1];
  });
}

export function countPorts(ports: PortSet): number {
  return ports.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The ports that are in both sets. */
export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  const overlaps = a.flatMap(([first, last]) =>
    b.filter(([from, to]) => from <= last && to >= first).map(([from, to]) => [Math.max(first, from), Math.min(last, to)] as const),
  );
  return mergePorts(overlaps);
}

/** Ports by protocol. */
export type PortsAsked = Readonly<Partial<Record<Protocol, PortSet>>>;

/** The ports of both, by protocol. */
export function portsOfBoth(a: PortsAsked, b: PortsAsked): PortsAsked {
  const both = Object.entries(a).flatMap(([protocol, ports]): [Protocol, PortSet][] => {
    const other = b[protocol as Protocol];
    return other === undefined ? [] : [[protocol as Protocol, intersectPorts(ports, other)]];
  });
  return Object.fromEntries(both);
}

/** All ports of either, by protocol. */
export function portsOfEither(a: PortsAsked, b: PortsAsked): PortsAsked {
  const protocols = new Set([...Object.keys(a), ...Object.keys(b)]) as ReadonlySet<Protocol>;
  return Object.fromEntries([...protocols].map((protocol) => [protocol, mergePorts([...(a[protocol] ?? []), ...(b[protocol] ?? [])])]));
}
