import { setTimeout as pause } from 'node:timers/promises';
import { createLan, startResponder } from '../test/lan/index.ts';
import { newProgram, until } from '../test/program/program.ts';
import { followLive } from './live.ts';
import { median, type Row, round } from './row.ts';

const HOSTS = 8;
const ARRIVALS = 10;
/** The shortest interval there is. */
const INTERVAL = 10;
/** Seconds: one interval, and two for the sweep and the telling. */
const BAR = INTERVAL + 2;
/** So much later in the interval comes each arrival than the one before, in ms; the first right after a sweep. */
const LATER = (INTERVAL * 1000) / ARRIVALS;
const FIRST = 200;

/** From the moment at which a device that says nothing can be asked to the change on the live stream: the next sweep finds it. */
export async function silentRows(): Promise<Row[]> {
  const lan = await createLan({ hosts: HOSTS, block: '10.81.0.0/24' });
  const config = `[self]\nwatch = false\n[[target]]\ntarget = "${lan.block}"\nevery = "${INTERVAL}s"\n`;
  const program = await newProgram({ config, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
  try {
    const crowd = await startResponder(lan, { hosts: [] });
    await program.daemon();
    const appeared = new Map<string, number>();
    await followLive(program.data, ({ kind, after }, at) => {
      if (kind === 'device.appeared') for (const address of after?.addresses ?? []) appeared.set(address, at);
    });
    await until('the first sweep', () => appeared.size >= HOSTS, 60_000);
    const [hosts, taken]: [{ address: string; mac: string }[], number[]] = [[], []];
    for (let n = 0; n < ARRIVALS; n++) {
      await pause(FIRST + n * LATER);
      const address = lan.addressAt(100 + n);
      hosts.push({ address, mac: `00:1b:a9:00:00:${n.toString(16).padStart(2, '0')}` });
      await crowd.turn({ hosts });
      const from = performance.timeOrigin + performance.now();
      await until(`${address} to be told`, () => appeared.has(address), 60_000);
      taken.push((appeared.get(address) as number) - from);
    }
    await crowd.stop();
    const row = (what: string, value: number): Row => ({
      name: `arrival of a silent device to live stream, ${INTERVAL}-second sweeps, ${what} of ${ARRIVALS}`,
      value: round(value / 1000),
      unit: 's',
      bar: { max: BAR },
    });
    return [row('median', median(taken)), row('longest', Math.max(...taken))];
  } finally {
    await program.end();
    await lan.stop();
  }
}
