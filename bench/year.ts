import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation, ScanReport } from '../src/core/index.ts';
import { openStore } from '../src/store/index.ts';
import { type Row, round } from './row.ts';
import { watchedNetwork } from './watched.ts';
import { hostAt, reportOf } from './world.ts';

const DEVICES = 100;
/** Devices that go out in the morning and come back in the evening, each at its own minute. */
const COMMUTERS = 30;
/** Devices that get another address each month. */
const MOVERS = 10;
const MINUTE = 60_000;
const DAY = 24 * 60;
const YEAR = 365 * DAY;
const START = Date.UTC(2026, 0, 1);
/** Minutes after which a device that was not seen may count as away: by its first window, and by what is learned of it later. */
const WINDOWS = [3, 4, 5, 45, 46];
/** A quiet sweep only moves "last seen" and a count (the store's contract suite shows it), so most of them need not be played. */
const QUIET_STEP = 30;

/** Size of the store after a year of 1-minute sweeps and nightly port scans of 100 devices. */
export async function yearRows(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-year-'));
  const path = join(folder, 'rollcall.db');
  const network = await watchedNetwork(await openStore({ kind: 'sqlite', path }), '10.0.0.0/8', START);
  let played = 0;
  for (let minute = 0; minute < YEAR; minute++) {
    if (!isPlayed(minute)) continue;
    await network.commit(scanAt(minute));
    played++;
    if (minute % DAY === 0) await network.prune(START + minute * MINUTE);
  }
  await network.prune(START + YEAR * MINUTE);
  const { changes } = network;
  await network.close();
  const bytes = (await stat(path)).size;
  await rm(folder, { recursive: true });
  return [
    { name: 'store after a year of 1-minute sweeps of 100 devices', value: round(bytes / 1e6, 2), unit: 'MB', bar: { max: 5 } },
    { name: 'changes in that year', value: changes, unit: 'changes' },
    { name: 'scans played in that year (quiet ones thinned)', value: played, unit: 'scans' },
  ];
}

/** All minutes in which something changes, the last two days whole (single scans are still kept), and some of the rest. */
function isPlayed(minute: number): boolean {
  if (minute % QUIET_STEP === 0 || minute >= YEAR - 2 * DAY) return true;
  const time = minute % DAY;
  return Array.from({ length: COMMUTERS }, (_, i) => i).some(
    (i) => time === leavesAt(i) - 1 || WINDOWS.some((window) => time === leavesAt(i) - 1 + window) || time === returnsAt(i),
  );
}

const leavesAt = (commuter: number): number => 7 * 60 + commuter * 3;
const returnsAt = (commuter: number): number => 17 * 60 + commuter * 5;

function scanAt(minute: number): ScanReport {
  const night = minute % DAY === 180;
  const hosts = Array.from({ length: DEVICES }, (_, i) => i)
    .filter((i) => isHome(i, minute))
    .map((i) => hostOn(i, Math.floor(minute / DAY)));
  return reportOf(night ? hosts : hosts.map((host) => ({ ...host, ports: [] })), START + minute * MINUTE, { ports: night });
}

function isHome(device: number, minute: number): boolean {
  const time = minute % DAY;
  return device >= COMMUTERS || time < leavesAt(device) || time >= returnsAt(device);
}

/** Movers change address monthly; every night two devices open or close a port. */
function hostOn(device: number, day: number): Observation {
  const host = hostAt(device, 3 + (device % 50 === day % 50 ? 1 : 0));
  if (device < DEVICES - MOVERS) return host;
  return { ...host, address: hostAt(device + 1000 * (1 + Math.floor(day / 30))).address };
}
