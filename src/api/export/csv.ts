import { csvCell, type Observation, type PortSeen } from '../../core/index.ts';
import type { ScanHosts } from '../../watch/index.ts';

/** One row for each port that was told one by one; a host without any has one row with nothing in those columns. */
export const CSV_COLUMNS = [
  'scan',
  'seen',
  'address',
  'mac',
  'vendor',
  'names',
  'os',
  'protocol',
  'port',
  'state',
  'service',
  'product',
  'version',
  'extra',
  'tunnel',
] as const;

/** A scan as CSV (RFC 4180, UTF-8, lines end in CR LF). What a spreadsheet would take for a formula has an apostrophe before it. */
export function csvText({ scan, hosts }: ScanHosts): string {
  const rows = hosts.flatMap(({ observation }) => {
    const ports: readonly (PortSeen | null)[] = observation.ports.length > 0 ? observation.ports : [null];
    return ports.map((port) => [String(scan.id), ...hostCells(observation), ...portCells(port)]);
  });
  return [CSV_COLUMNS, ...rows].map((row) => `${row.map((text) => csvCell(text)).join(',')}\r\n`).join('');
}

function hostCells({ address, mac, vendor, names, os, seenAt }: Observation): string[] {
  return [new Date(seenAt).toISOString(), address, mac ?? '', vendor ?? '', (names ?? []).map(({ name }) => name).join(' '), os ?? ''];
}

function portCells(port: PortSeen | null): string[] {
  if (port === null) return ['', '', '', '', '', '', '', ''];
  const { name = '', product = '', version = '', extra = '', tunnel = '' } = port.service ?? {};
  return [port.protocol, String(port.port), port.state, name, product, version, extra, tunnel];
}
