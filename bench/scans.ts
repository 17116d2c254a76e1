// node bench/scans.ts HOSTS A B: writes two scans of one made-up network, a day apart, about 5 KB a host.
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { hostAt, twice, xmlOf } from './scan-host.ts';

const DAY = 86_400;
const START = 1_772_445_600;
const DATES = ['Mon Mar  2 10:00:00 2026', 'Tue Mar  3 10:00:00 2026'];

/** Writes both scans of the first so many hosts: always the same bytes. */
export async function writeScans(hosts: number, paths: readonly [string, string]): Promise<void> {
  await Promise.all(paths.map((path, scan) => writeScan(path, hosts, scan)));
}

/** Two scans of one host that opened a port, about 2 KB each. */
export async function writeSmallScans(paths: readonly [string, string]): Promise<void> {
  const host = hostAt(0);
  for (const [scan, path] of paths.entries())
    await writeFile(path, head(scan) + xmlOf({ ...host, ports: host.ports.slice(0, 1 + scan) }, scan) + tail(1, scan));
}

async function writeScan(path: string, hosts: number, scan: number): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  const ended = new Promise<void>((resolve, reject) => file.on('finish', () => resolve()).on('error', reject));
  file.write(head(scan));
  for (let index = 0; index < hosts; index++) {
    const host = twice(index)[scan];
    if (host && !file.write(xmlOf(host, scan))) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  file.end(tail(hosts, scan));
  await ended;
}

function head(scan: number): string {
  const args = 'nmap -sS -sU -sV -O -oX scan.xml 10.0.0.0/8';
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n' +
    '<?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>\n' +
    `<!-- Nmap 7.93 scan initiated ${DATES[scan]} as: ${args} -->\n` +
    `<nmaprun scanner="nmap" args="${args}" start="${START + scan * DAY}" startstr="${DATES[scan]}" version="7.93" xmloutputversion="1.05">\n` +
    '<scaninfo type="syn" protocol="tcp" numservices="1000" services="1-1000"/>\n<verbose level="0"/>\n<debugging level="0"/>\n'
  );
}

function tail(hosts: number, scan: number): string {
  const [time, count] = [START + scan * DAY + 3600, `up="${hosts}" down="0" total="${hosts}"`];
  return (
    `<runstats><finished time="${time}" timestr="" summary="Nmap done; ${hosts} IP addresses scanned" elapsed="3600.00" exit="success"/>` +
    `<hosts ${count}/>\n</runstats>\n</nmaprun>\n`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [hosts = '', a, b] = process.argv.slice(2);
  if (!/^\d+$/.test(hosts) || a === undefined || b === undefined) throw new Error('usage: node bench/scans.ts HOSTS A B');
  await writeScans(Number(hosts), [a, b]);
}
