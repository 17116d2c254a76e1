import { bad, good, type Result } from './fault.ts';
import { formatPorts, mergePorts, type PortSet, type Protocol, parsePorts, portsHold } from './ports.ts';

/** Ports of several protocols. */
export type PortLists = Readonly<Partial<Record<Protocol, PortSet>>>;

export const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'sctp', 'ip'];
const PART = /^(?:(tcp|udp|sctp|ip)\/)?(\d{1,5}(?:-\d{1,5})?)(?:\/(tcp|udp|sctp|ip))?$/;
const REMEDY = 'write ports like 80,443 or 23/tcp,53/udp, or none';

/** Reads "80,443", "23/tcp,53/udp", "udp/53", "1-1024"; without a protocol TCP is meant. "none" has no port. */
export function parsePortLists(text: string): Result<PortLists> {
  if (text.trim() === 'none') return good({});
  const found = new Map<Protocol, PortSet>();
  for (const part of text.toLowerCase().split(',')) {
    const match = PART.exec(part.trim());
    const ports = match?.[2] === undefined ? undefined : parsePorts(match[2]);
    if (!match || !ports || (match[1] !== undefined && match[3] !== undefined))
      return bad(`reading ports ${JSON.stringify(text.slice(0, 80))}: ${JSON.stringify(part.slice(0, 40))} is no port`, REMEDY);
    const protocol = (match[1] ?? match[3] ?? 'tcp') as Protocol;
    found.set(protocol, mergePorts([...(found.get(protocol) ?? []), ...ports]));
  }
  return good(Object.fromEntries(PROTOCOLS.flatMap((protocol) => (found.has(protocol) ? [[protocol, found.get(protocol)]] : []))));
}

/** Text that {@link parsePortLists} reads back: "80,443,53/udp". */
export function formatPortLists(lists: PortLists): string {
  const parts = PROTOCOLS.flatMap((protocol) => (lists[protocol] ?? []).map((range) => partText(protocol, formatPorts([range]))));
  return parts.length === 0 ? 'none' : parts.join(',');
}

const partText = (protocol: Protocol, ports: string): string => (protocol === 'tcp' ? ports : `${ports}/${protocol}`);

export const listsHold = (lists: PortLists, { protocol, port }: ServicePlace): boolean => portsHold(lists[protocol] ?? [], port);

/** Where a service is, on a device. */
export interface ServicePlace {
  readonly protocol: Protocol;
  readonly port: number;
}

/** Reads one port: "22/tcp", "tcp/22", "22". */
export function parsePlace(text: string): Result<ServicePlace> {
  const match = /^[a-z0-9/]{1,11}$/i.test(text) ? PART.exec(text.toLowerCase()) : null;
  const port = Number(match?.[2]);
  if (!match || !Number.isInteger(port) || port > 65535 || (match[1] !== undefined && match[3] !== undefined))
    return bad(`reading service ${JSON.stringify(text.slice(0, 40))}: it is no port`, 'write one like 22/tcp or 53/udp');
  return good({ protocol: (match[1] ?? match[3] ?? 'tcp') as Protocol, port });
}

/** As nmap writes it: "22/tcp". */
export const placeText = ({ protocol, port }: ServicePlace): string => `${port}/${protocol}`;
