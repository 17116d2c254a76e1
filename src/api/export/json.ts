import { formatPorts } from '../../core/index.ts';
import type { ScanHosts } from '../../watch/index.ts';
import { hostToJson } from '../json/result.ts';
import { scanToJson } from '../json/scan.ts';

/**
 * A scan as one JSON document: {"scan", "kept", "hosts"}. A host is as in the result of a scan, with "os", "seen" (ISO 8601,
 * UTC), "unlisted" (ports that were counted only) and "scripts"; "kept": whether it is read off the scan's own output.
 */
export function jsonText({ scan, hosts, kept }: ScanHosts): string {
  const told = hosts.map(({ observation, scripts }) => ({
    ...hostToJson(observation),
    os: observation.os,
    seen: new Date(observation.seenAt).toISOString(),
    unlisted: observation.unlisted.map(({ ports, ...rest }) => ({ ...rest, ports: ports && formatPorts(ports) })),
    scripts,
  }));
  return `${JSON.stringify({ scan: scanToJson(scan), kept, hosts: told }, null, 2)}\n`;
}
