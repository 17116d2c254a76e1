import type { Observation, PortSeen } from '../../core/index.ts';
import type { ScanHosts } from '../../watch/index.ts';
import { byCount, firstLine, lastLine, oneLine, serviceWord, versionWords } from './nmap-words.ts';

/** A scan as nmap -oG has it: a line for each host and for its ports, fields parted by tabs and slashes. */
export function grepableText({ scan, hosts }: ScanHosts): string {
  const versions = scan.coverage?.depth === 'versions';
  const lines = hosts.flatMap(({ observation }) => hostLines(observation, versions));
  return [firstLine(scan), ...lines, lastLine(scan, hosts.length), ''].join('\n');
}

function hostLines(host: Observation, versions: boolean): string[] {
  const who = `Host: ${host.address} (${field(host.names?.[0]?.name ?? '')})`;
  const status = `${who}\tStatus: ${host.timedOut ? 'Timeout' : 'Up'}`;
  if (host.ports.length === 0 && host.unlisted.length === 0) return [status];
  const ports = host.ports.map((port) => portField(port, versions)).join(', ');
  const ignored = byCount(host.unlisted)
    .slice(0, 1)
    .map(({ state, count }) => `\tIgnored State: ${state} (${count})`);
  const os = host.os === null ? '' : `\tOS: ${field(host.os)}`;
  return [status, `${who}\tPorts: ${ports}${ignored.join('')}${os}`];
}

/** port/state/protocol/owner/service/rpc/version/ */
function portField(port: PortSeen, versions: boolean): string {
  const service = field(serviceWord(port, versions));
  return [port.port, port.state, port.protocol, '', service, '', field(versionWords(port.service)), ''].join('/');
}

/** As nmap does: a slash would begin the next field. */
const field = (text: string): string => oneLine(text).replaceAll('/', '|');
