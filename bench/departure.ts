import { setTimeout as pause } from 'node:timers/promises';
import { createLan } from '../test/lan/index.ts';
import { newProgram, until } from '../test/program/program.ts';
import { followLive } from './live.ts';
import { median, type Row, round } from './row.ts';

const HOSTS = 12;
const LEAVERS = 3;
const MINUTE = 60_000;
/** So many looks a device must have answered before it is known to be one that answers. */
const KNOWN_AFTER = 7 * MINUTE;

/** From a wired device that goes dark to the change on the live stream, with sweeps each minute and everything else as shipped. */
export async function departureRows(): Promise<Row[]> {
  const lan = await createLan({ hosts: HOSTS, block: '10.80.0.0/24' });
  const config = `[self]\nwatch = false\n[[target]]\ntarget = "${lan.block}"\nevery = "1m"\n`;
  const program = await newProgram({ config, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
  try {
    await program.daemon();
    const appeared = new Map<string, number>();
    const left = new Map<string, number>();
    const leavers = new Set<number>();
    await followLive(program.data, ({ kind, device, after }, at) => {
      if (kind === 'device.left' && device) leavers.add(device.id);
      const moments = { 'device.appeared': appeared, 'device.left': left }[kind];
      for (const address of after?.addresses ?? []) moments?.set(address, at);
    });
    await until('the first sweep', () => appeared.size >= HOSTS, MINUTE);
    await pause(KNOWN_AFTER);
    const taken: number[] = [];
    for (const host of lan.hosts.slice(0, LEAVERS)) {
      const from = performance.timeOrigin + performance.now();
      await lan.depart(host);
      await until(`${host.address} to be told`, () => left.has(host.address), 6 * MINUTE);
      taken.push((left.get(host.address) as number) - from);
    }
    const falsely = leavers.size - LEAVERS;
    return [
      { name: 'departure of a wired device to live stream, median', value: round(median(taken) / 1000), unit: 's', bar: { max: 240 } },
      {
        name: 'departure of a wired device to live stream, longest',
        value: round(Math.max(...taken) / 1000),
        unit: 's',
        bar: { max: 240 },
      },
      { name: 'devices told to have left that had not', value: falsely, unit: 'devices', bar: { max: 0 } },
    ];
  } finally {
    await program.end();
    await lan.stop();
  }
}
