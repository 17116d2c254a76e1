import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../src/store/index.ts';
import { HOUR, MINUTE } from '../test/make/device.ts';
import { rollcall } from '../test/simulator/rollcall.ts';
import { trace, type Watch } from '../test/simulator/trace.ts';
import { DAY, lan, START } from '../test/simulator/world.ts';
import { type Row, round } from './row.ts';

const DEVICES = 60;
/** By then a network is known that is swept every minute. */
const KNOWN = START + HOUR / 2;
const QUIET: Watch = { seed: 1, days: 1 + 1 / 24, every: MINUTE, loss: 0.02, listens: true };
const FLOODED: Watch = { ...QUIET, troubles: [{ kind: 'flood', from: START + HOUR, to: START + HOUR + DAY }] };

/** What a day of 256 new hardware addresses every other minute, and as many strangers overheard, costs the store (S7). */
export async function floodRows(): Promise<Row[]> {
  const [quiet, flooded] = [await dayOf(QUIET), await dayOf(FLOODED)];
  const megabytes = (bytes: number): number => round(bytes / 1e6, 2);
  return [
    {
      name: 'a day of flood: the store grows by',
      value: megabytes(flooded.bytes - quiet.start),
      unit: 'MB',
      bar: { max: 50 },
      versus: { 'a quiet day': megabytes(quiet.bytes - quiet.start) },
    },
    { name: 'a day of flood: devices taken for new', value: flooded.devices - DEVICES, unit: 'devices', bar: { max: 0 } },
    {
      name: 'a day of flood: changes told',
      value: flooded.changes,
      unit: 'changes',
      bar: { min: 1, max: 2 },
      versus: { 'a quiet day': quiet.changes },
    },
  ];
}

interface Day {
  /** Size of the file once the network is known, and at the end. */
  readonly start: number;
  readonly bytes: number;
  readonly devices: number;
  /** Changes told once it is known. */
  readonly changes: number;
}

/** The first hour is for getting to know the network. */
async function dayOf(watch: Watch): Promise<Day> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-flood-'));
  try {
    const start = await played(join(folder, 'hour.db'), { ...watch, days: 1 / 24 });
    const whole = await played(join(folder, 'day.db'), watch);
    return { start: start.bytes, bytes: whole.bytes, devices: whole.devices, changes: whole.changes };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A trace through the whole keeper into a file, whose size counts when it is closed. */
async function played(path: string, watch: Watch): Promise<Omit<Day, 'start'>> {
  const store = await openStore({ kind: 'sqlite', path });
  const judge = await rollcall(watch, store);
  let changes = 0;
  for (const look of trace(lan(DEVICES, 2), watch)) {
    for (const { at } of await judge.look(look)) if (at >= KNOWN) changes++;
  }
  const devices = judge.devices().size;
  await store.close();
  return { bytes: (await stat(path)).size, devices, changes };
}
