import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A host as nmap would print it. */
export interface HostText {
  readonly address?: string;
  readonly mac?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly name?: string;
  readonly ports?: string;
  readonly timedOut?: boolean;
  /** Whatever else stands in it. */
  readonly more?: string;
}

export function hostXml({
  address = '10.0.0.1',
  mac,
  state = 'up',
  reason = 'arp-response',
  name,
  ports,
  timedOut,
  more = '',
}: HostText): string {
  const card = mac === undefined ? '' : `<address addr="${mac}" addrtype="mac" vendor="Example"/>\n`;
  const named = name === undefined ? '' : `<hostname name="${name}" type="PTR"/>\n`;
  const late = timedOut === true ? ' timedout="true"' : '';
  return (
    `<host starttime="1772445600" endtime="1772445609"${late}><status state="${state}" reason="${reason}" reason_ttl="0"/>\n` +
    `<address addr="${address}" addrtype="${address.includes(':') ? 'ipv6' : 'ipv4'}"/>\n${card}<hostnames>\n${named}</hostnames>\n` +
    `${ports === undefined ? '' : `<ports>${ports}</ports>\n`}${more}</host>\n`
  );
}

/** A port that is open, or in another state; `inside`: its service and scripts. */
export function portXml(port: number, state: string = 'open', inside: string = ''): string {
  return `<port protocol="tcp" portid="${port}"><state state="${state}" reason="syn-ack" reason_ttl="64"/>${inside}</port>\n`;
}

export interface ScanText {
  readonly args?: string;
  readonly hosts: readonly HostText[];
  /** TCP ports asked; null for a scan that asked none. */
  readonly services?: string | null;
  readonly up?: number;
  readonly total?: number;
  readonly exit?: string;
}

/** A whole scan, one that asked 10.0.0.0/28 for two ports unless said otherwise. */
export function scanXml({
  args = 'nmap -n -p22,80 10.0.0.0/28',
  hosts,
  services = '22,80',
  up,
  total = 16,
  exit = 'exit="success"',
}: ScanText): string {
  const there = up ?? hosts.filter(({ state = 'up' }) => state === 'up').length;
  const asked = services === null ? '' : `<scaninfo type="syn" protocol="tcp" numservices="2" services="${services}"/>\n`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n` +
    `<nmaprun scanner="nmap" args="${args}" start="1772445600" startstr="" version="7.93" xmloutputversion="1.05">\n${asked}` +
    `${hosts.map(hostXml).join('')}<runstats><finished time="1772445610" timestr="" elapsed="10" ${exit}/>` +
    `<hosts up="${there}" down="${total - there}" total="${total}"/>\n</runstats>\n</nmaprun>\n`
  );
}

/** A folder that goes away with the test. */
export function testFolder(t: { after(end: () => void): void }): (name: string, content: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-file-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
}
