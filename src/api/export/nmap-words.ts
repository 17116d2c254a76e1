import type { Instant, PortSeen, Scan, Service, UnlistedPorts } from '../../core/index.ts';

/** What nmap's grepable and normal text have in common. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** A moment in the zone of this machine, as C writes it: "Fri Nov 27 21:30:28 2026". */
export function ctime(at: Instant): string {
  const date = new Date(at);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${DAYS[date.getDay()]} ${MONTHS[date.getMonth()]} ${String(date.getDate()).padStart(2)} ${clock} ${date.getFullYear()}`;
}

/** The line before the hosts. */
export function firstLine({ tool, startedAt, commands }: Scan): string {
  const name = tool?.name === 'nmap' || tool === null ? 'Nmap' : tool.name;
  const command = commands.map((words) => words.join(' ')).join(' ; ');
  return `# ${name} ${tool?.version ?? ''} scan initiated ${ctime(startedAt)} as: ${oneLine(command)}`;
}

/** The line after them; of a scan that ended early it says so, since nothing else in these forms does. */
export function lastLine({ startedAt, finishedAt, asked, outcome, cause }: Scan, up: number): string {
  const ended = finishedAt ?? startedAt;
  const hosts = `${up} ${up === 1 ? 'host' : 'hosts'} up`;
  const done = `# Nmap done at ${ctime(ended)} -- ${asked} IP ${asked === 1 ? 'address' : 'addresses'} (${hosts}) scanned in`;
  const line = `${done} ${((ended - startedAt) / 1000).toFixed(2)} seconds`;
  return outcome === 'complete' ? line : `${line}\n# ${outcome}: ${oneLine(cause?.text ?? 'its cause is not known')}`;
}

/** "ssl/http?": through what it speaks, and a question mark where it was asked and only guessed. */
export function serviceWord({ service, state }: PortSeen, versions: boolean): string {
  if (service === null) return '';
  const doubt = versions && state === 'open' && service.method === 'table' && service.name !== '' ? '?' : '';
  return `${service.tunnel === 'ssl' ? 'ssl/' : ''}${oneLine(service.name)}${doubt}`;
}

/** "OpenSSH 9.2p1 (protocol 2.0)" */
export function versionWords(service: Service | null): string {
  if (service === null) return '';
  const { product, version, extra } = service;
  return [product, version, extra === '' ? '' : `(${extra})`]
    .filter((word) => word !== '')
    .map(oneLine)
    .join(' ');
}

/** Ports that were counted only, with the most first. */
export function byCount(unlisted: readonly UnlistedPorts[]): UnlistedPorts[] {
  return [...unlisted].sort((a, b) => b.count - a.count);
}

/** Foreign text kept to its line. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
