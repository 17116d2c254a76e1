/** Files of other programs that hold a hostile text wherever one of theirs would hold an address, a card, a name or a port. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { scanXml } from '../make/nmap-file.ts';

type Place = 'address' | 'mac' | 'name' | 'port' | 'service' | 'args';

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    // What XML cannot hold at all.
    .replace(/\p{Cc}/gu, '');

/** nmap's XML of one host that is as the text says. */
export function surveyOf(text: string, place: Place = 'address'): string {
  const told = (here: Place, usual: string): string => (here === place ? escaped(text) : usual);
  const service = `<service name="${told('service', 'http')}" product="${told('service', 'nginx')}" version="${told('service', '1')}" method="table" conf="3"/>`;
  // Seen just now: what is there now can be asked next.
  const now = String(Math.floor(Date.now() / 1000));
  return scanXml({
    args: told('args', 'nmap -n -p22,80 10.77.0.0/28'),
    hosts: [
      {
        address: told('address', '10.77.0.1'),
        mac: told('mac', '02:00:5E:00:53:08'),
        name: told('name', 'eight.lan'),
        ports: `<port protocol="tcp" portid="${told('port', '80')}"><state state="open" reason="syn-ack" reason_ttl="64"/>${service}</port>\n`,
      },
    ],
  }).replaceAll(/17724456\d\d/g, now);
}

const SURVEYS: readonly Place[] = ['address', 'mac', 'name', 'port', 'service', 'args'];
const MAC = '02:00:5e:00:53:07';
const TIMES = '2025-10-01 08:00:00,2025-10-01 09:00:00';
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const inSql = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const hostileSurveys = (text: string): File[] => SURVEYS.map((place) => fileOf(`${place}.xml`, surveyOf(text, place)));

/** One of each format that is taken in, and two of those with two columns that matter. */
export const hostileHistories = (text: string): File[] => [
  ...hostileSurveys(text),
  fileOf('arp.dat', `${MAC}\t${text}\t1704096000\t${text}\teth0\n${text}\t10.77.0.7\t1704096000\tx\teth0\n`),
  fileOf('events.csv', `mac,ip,connected_at,last_seen_at\n${MAC},${quoted(text)},${TIMES}\n${quoted(text)},10.77.0.7,${TIMES}\n`),
  fileOf(
    'events.sql',
    '-- MySQL dump 10.13\nCREATE TABLE `nm_device_events` (`mac` varchar(17), `ip` varchar(45), `connected_at` timestamp NULL, `last_seen_at` timestamp NULL);\n' +
      `INSERT INTO \`nm_device_events\` VALUES ('${MAC}',${inSql(text)},'2025-10-01 08:00:00','2025-10-01 09:00:00');\n`,
  ),
  fileOf(
    'devices.csv',
    `"devMac","devName","devOwner","devFirstConnection","devLastConnection","devLastIP"\n"${MAC}",${quoted(text)},${quoted(text)},"2025-01-01 08:00:00","2025-10-01 10:00:00",${quoted(text)}\n`,
  ),
  fileOf('scan.db', database(text)),
];

/** As WatchYourLAN has it. */
function database(text: string): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-hostile-'));
  try {
    const store = new DatabaseSync(join(folder, 'scan.db'));
    store.exec(
      'CREATE TABLE history (ID integer PRIMARY KEY, NAME text, DNS text, IFACE text, IP text, MAC text, HW text, DATE text, KNOWN integer, NOW integer)',
    );
    const row = store.prepare('INSERT INTO history (NAME, DNS, IFACE, IP, MAC, HW, DATE, NOW) VALUES (?, ?, ?, ?, ?, ?, ?, 1)');
    for (const [ip, mac] of [
      [text, MAC],
      ['10.77.0.7', text],
    ] as const)
      row.run(text, text, text, ip, mac, text, '2025-03-01 08:00:00');
    store.close();
    return new Uint8Array(readFileSync(join(folder, 'scan.db')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const fileOf = (name: string, content: string | Uint8Array<ArrayBuffer>): File => new File([content], name);
