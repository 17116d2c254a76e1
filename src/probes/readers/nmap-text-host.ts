import {
  canonicalAddress,
  canonicalMac,
  type HostName,
  type NameSource,
  type Observation,
  type PortSeen,
  TEXT_CAP,
  type UnlistedPorts,
  untrusted,
} from '../../core/index.ts';
import { vendorOf } from '../vendors/vendors.ts';
import { type Columns, columnsOf, portRow, unlistedRows } from './nmap-text-ports.ts';

/** What was read of one host so far; "silent" until a line says it is up or down. */
export interface HostDraft {
  readonly address: string;
  readonly name: string | null;
  state: 'up' | 'down' | 'silent';
  /** As --reason prints it. */
  reason: string;
  /** nmap names a latency of every host it heard from. */
  latency: boolean;
  mac: string | null;
  vendor: string;
  reverse: string | null;
  os: string | null;
  timedOut: boolean;
  columns: Columns | null;
  readonly ports: PortSeen[];
  readonly unlisted: UnlistedPorts[];
}

/**
 * "Nmap scan report for host(1).lan (10.0.0.5) [host down]": the last brackets that hold an address count, since
 * a name may hold brackets too. undefined: no such line; null: such a line without an address.
 */
export function openHost(line: string): HostDraft | null | undefined {
  const match = /^Nmap scan report for (.*?)( \[host down.*\])?$/.exec(line);
  if (match === null) return undefined;
  const subject = match[1] as string;
  const named = /^(.+) \(([0-9a-fA-F.:]+)(?:%\w+)?\)$/.exec(subject);
  const address = canonicalAddress(named?.[2] ?? subject.replace(/%\w+$/, ''));
  if (address === undefined) return null;
  const facts = { address, name: named?.[1] ?? null, state: match[2] === undefined ? ('silent' as const) : ('down' as const) };
  const nothing = { reason: '', latency: false, mac: null, vendor: '', reverse: null, os: null, timedOut: false, columns: null };
  return { ...facts, ...nothing, ports: [], unlisted: [] };
}

/** Takes one line below a host's head. `line` has plain spaces, `original` has its columns. */
export function addToHost(host: HostDraft, line: string, original: string): void {
  if (line.startsWith('Host is up')) markUp(host, line);
  else if (/^(?:Note: )?Host seems down/.test(line)) host.state = 'down';
  else if (line.startsWith('MAC Address: ')) addMac(host, line);
  else if (line.startsWith('rDNS record for ')) host.reverse = line.slice(line.indexOf(': ') + 2);
  else if (line.startsWith('OS details: ')) host.os = line.slice('OS details: '.length);
  else if (/^Skipping host .* due to host timeout/.test(line)) host.timedOut = true;
  else addPorts(host, line, original);
}

/** "Host is up, received arp-response (0.0012s latency)." */
function markUp(host: HostDraft, line: string): void {
  host.state = 'up';
  host.latency = /latency/.test(line);
  host.reason = /, received ([a-z-]+)/.exec(line)?.[1] ?? '';
}

/** The vendor's own name may hold brackets. */
function addMac(host: HostDraft, line: string): void {
  const match = /^MAC Address: (\S+)(?: \((.*)\))?$/.exec(line);
  host.mac = canonicalMac(match?.[1] ?? '') ?? null;
  host.vendor = match?.[2] ?? '';
}

function addPorts(host: HostDraft, line: string, original: string): void {
  host.unlisted.push(...unlistedRows(line));
  host.columns = columnsOf(original.trimEnd()) ?? host.columns;
  const row = host.columns === null ? null : portRow(original, host.columns);
  if (row !== null) host.ports.push(row);
}

/** The observation of a host that is up; null for any other. */
export function closeHost(host: HostDraft): Observation | null {
  if (host.state !== 'up') return null;
  const { address, mac, timedOut } = host;
  return {
    address,
    mac,
    vendor: vendorNamed(host),
    names: namesOf(host),
    reason: reasonOf(host),
    seenAt: 0,
    ports: timedOut ? [] : host.ports,
    unlisted: timedOut ? [] : host.unlisted,
    timedOut,
    os: host.os === null ? null : untrusted(host.os),
  };
}

function vendorNamed({ vendor, mac }: HostDraft): Observation['vendor'] {
  if (vendor !== '' && vendor !== 'Unknown') return untrusted(vendor);
  return mac === null ? null : vendorOf(mac);
}

/** Without --reason: a port scan that lists a host with neither latency nor card was told to (-Pn); the host said nothing yet. */
function reasonOf({ reason, mac, latency, ports, unlisted }: HostDraft): string {
  if (reason !== '') return reason;
  if (mac !== null) return 'arp-response';
  return !latency && ports.length + unlisted.length > 0 ? 'user-set' : '';
}

/** Beside an rDNS line the name in the head is the one the user typed. */
function namesOf({ name, reverse }: HostDraft): readonly HostName[] | null {
  if (name === null) return null;
  const entry = (text: string, source: NameSource): HostName => ({ name: untrusted(text, TEXT_CAP.name), source });
  return reverse === null ? [entry(name, 'dns')] : [entry(reverse, 'dns'), entry(name, 'scan')];
}
