import type { HistoryFormat, Instant } from '../../src/core/index.ts';
import type { HistoryResult } from '../../src/watch/index.ts';
import { AT, HOUR, mac, seen } from '../make/device.ts';
import { historyFile, type MonitorRow } from '../make/history.ts';
import { scanXml } from '../make/nmap-file.ts';
import { type Stand, stand } from './stand.ts';

/** A keeper that only does what it is asked. */
export const idle = { config: { self: { watch: false } }, script: () => ({}), idle: true };
export const DAY = 24 * HOUR;
/** The first of the nights that scans are made of. */
export const FIRST = AT - 40 * DAY;

export const idleStand = (): Promise<Stand> => stand(idle);

export interface More {
  readonly from?: HistoryFormat;
  readonly dryRun?: boolean;
  readonly zone?: string;
}

/** `rollcall import FILE...` */
export async function bring(house: Stand, files: Readonly<Record<string, string>>, more: More = {}): Promise<HistoryResult> {
  const given = Object.entries(files).map(([name, content]) => historyFile(name, content));
  const { from = null, zone = 'UTC', dryRun = false } = more;
  return house.keeper.importHistory({ files: given, from, zone, covers: [], dryRun });
}

/** A row of the presence monitor about the n-th device, in times from now. */
export const row = (n: number, from: number, to: number, ip = `10.0.0.${n}`): MonitorRow => ({
  mac: mac(n),
  ip,
  from: AT + from,
  to: AT + to,
});

export const hours = (at: Instant): number => Math.round(((at - AT) / HOUR) * 100) / 100;

/** Everything that is known of presence of a device, in hours from now. */
export async function sessions(house: Stand, reference: string, since: Instant = AT - 400 * DAY): Promise<string[]> {
  const device = house.keeper.findDevice(reference);
  const told = await house.keeper.sessionsOf(device, { since, until: house.clock.now() });
  return told.map(({ presence, from, to }) => `${presence} ${hours(from)}..${to === null ? '' : hours(to)}`);
}

export async function present(house: Stand, reference: string, since?: Instant): Promise<string[]> {
  return (await sessions(house, reference, since)).filter((text) => text.startsWith('present'));
}

/** What a device's ports were, and when. */
export async function ports(house: Stand, id: number): Promise<unknown> {
  const spans = (await house.store.spansOf(id)).filter(({ kind, from, to }) => kind === 'port' && from !== to);
  return spans.map(({ key, value, from, to }) => [key, value, hours(from), to === null ? null : hours(to)]);
}

/** A sweep of the LAN that found these, taken in now. */
export async function ingest(house: Stand, ...numbers: number[]): Promise<readonly string[]> {
  house.reader.queue.push({ observations: numbers.map((n) => seen(`10.0.0.${n}`, n)) });
  const noBytes = async function* (): AsyncGenerator<Uint8Array> {};
  const { changes } = await house.keeper.ingest({ bytes: noBytes(), name: 'stdin', covers: ['10.0.0.0/24'] });
  return changes.map(({ kind, device }) => `${kind} ${device}`);
}

/** Whether a host answered in a night, and whether its port 80 was open. */
export interface NightHost {
  readonly up: boolean;
  readonly open: boolean;
}

/** nmap's XML of one night. */
export function nightXml(hosts: readonly NightHost[], night: number): string {
  const there = hosts.flatMap(({ up, open }, i) => (up ? [{ address: `10.0.0.${i + 1}`, mac: mac(i + 1), ports: port80(open) }] : []));
  const at = (FIRST + night * DAY) / 1000;
  return scanXml({ hosts: there })
    .replace('start="1772445600"', `start="${at - 10}"`)
    .replace('time="1772445610"', `time="${at}"`);
}

const port80 = (open: boolean): string =>
  `<port protocol="tcp" portid="80"><state state="${open ? 'open' : 'closed'}" reason="syn-ack" reason_ttl="64"/></port>`;
