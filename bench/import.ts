// Ten years of the presence monitor, and a year of nightly scans, taken in by a whole process into an empty store.
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sqlTime } from '../test/make/history.ts';
import { scanXml } from '../test/make/nmap-file.ts';
import { ROLLCALL } from './house.ts';
import { type Cost, costOf } from './process.ts';
import { type Row, round } from './row.ts';

const ROWS = 1_000_000;
const DEVICES = 300;
const [NIGHTS, HOSTS] = [365, 100];
const SECOND = 1000;
const START = Date.UTC(2016, 0, 1);
const TEN_YEARS = 3650 * 86_400 * SECOND;

export async function importRows(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    return [...(await tableRows(folder)), ...(await folderRows(folder))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tableRows(folder: string): Promise<Row[]> {
  const dump = join(folder, 'events.sql');
  await pipeline(Readable.from(dumpLines()), createWriteStream(dump));
  const first = await imported(folder, dump, 'table');
  const again = await imported(folder, dump, 'table');
  const kept = (await stat(join(folder, 'table', 'rollcall.db'))).size;
  return [
    { name: `import: ${ROWS} rows of the presence monitor`, value: round(first.wallSeconds), unit: 's', bar: { max: 60 } },
    { name: 'import: peak memory of that', value: round(first.rssMb, 0), unit: 'MB', bar: { max: 600 } },
    { name: 'import: the same again, nothing new', value: round(again.wallSeconds), unit: 's', bar: { max: 60 } },
    { name: 'import: what the store keeps of a row', value: round(kept / ROWS), unit: 'bytes', bar: { max: 100 } },
  ];
}

async function folderRows(folder: string): Promise<Row[]> {
  const nights = join(folder, 'nights');
  await mkdir(nights);
  for (let night = 0; night < NIGHTS; night++) await writeFile(join(nights, `${night}.xml`), nightOf(night));
  const cost = await imported(folder, nights, 'scans');
  return [
    { name: `import: ${NIGHTS} nightly scans of ${HOSTS} hosts`, value: round(cost.wallSeconds), unit: 's', bar: { max: 60 } },
    { name: 'import: peak memory of that folder', value: round(cost.rssMb, 0), unit: 'MB', bar: { max: 400 } },
  ];
}

async function imported(folder: string, path: string, data: string): Promise<Cost> {
  const output = join(folder, 'output');
  const cost = await costOf([ROLLCALL, '--data', join(folder, data), 'import', path, '--zone', 'UTC', '--quiet'], output);
  if (cost.status !== 0) throw new Error(`importing ${path}: exit ${cost.status}, see ${output}`);
  return cost;
}

function* dumpLines(): Generator<string> {
  yield "-- MySQL dump 10.13\n/*!40103 SET TIME_ZONE='+00:00' */;\nCREATE TABLE `nm_device_events` (`id` int, `mac` varchar(17), `vendor` varchar(64), `ip` varchar(15), `connected_at` timestamp, `last_seen_at` timestamp);\n";
  const step = Math.floor(TEN_YEARS / (ROWS / DEVICES));
  for (let row = 0; row < ROWS; row += 1000) {
    const values = Array.from({ length: Math.min(1000, ROWS - row) }, (_, i) => valuesOf(row + i, step));
    yield `INSERT INTO \`nm_device_events\` VALUES ${values.join(',')};\n`;
  }
}

function valuesOf(row: number, step: number): string {
  const device = row % DEVICES;
  const from = START + Math.floor(row / DEVICES) * step + device * SECOND;
  const to = from + Math.min(step - 60 * SECOND, (600 + ((row * 7919) % 3000)) * SECOND);
  return `(${row + 1},'${cardOf(device)}','Vendor ${device % 50}','10.0.${device >> 8}.${device & 255}','${sqlTime(from)}','${sqlTime(to)}')`;
}

const cardOf = (device: number): string => `02:00:5e:00:${hex(device >> 8)}:${hex(device & 255)}`;
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** A few come and go, a few ports open and close. */
function nightOf(night: number): string {
  const hosts = Array.from({ length: HOSTS }, (_, i) => i).filter((i) => (i * 31 + night) % 11 !== 0);
  const port = (i: number): string =>
    `<port protocol="tcp" portid="22"><state state="${(i + night) % 17 === 0 ? 'closed' : 'open'}" reason="syn-ack" reason_ttl="64"/></port>`;
  const at = START / SECOND + night * 86_400;
  return scanXml({
    args: 'nmap -n -p22,80 10.0.0.0/24',
    total: 256,
    hosts: hosts.map((i) => ({ address: `10.0.0.${i + 1}`, mac: cardOf(i + 1), ports: port(i) })),
  })
    .replace('start="1772445600"', `start="${at - 30}"`)
    .replace('time="1772445610"', `time="${at}"`);
}
