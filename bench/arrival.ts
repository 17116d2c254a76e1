import { setTimeout as pause } from 'node:timers/promises';
import { createLan, startResponder, startTalker } from '../test/lan/index.ts';
import { newProgram, until } from '../test/program/program.ts';
import { followLive } from './live.ts';
import { percentile, type Row, round } from './row.ts';

const ARRIVALS = 200;
/** Apart enough that they are arrivals, not a storm. */
const APART = 400;
/** A network of some size: so many newcomers within minutes would be a storm in a small one. */
const HOSTS = 10;
const VIRTUAL = 500;
/** So long nobody waits for news of an arrival. */
const LOST = 5000;

/** From the frame with which a device announces itself to the change on the live stream of a daemon, committed before. */
export async function arrivalRows(): Promise<Row[]> {
  const lan = await createLan({ hosts: HOSTS, block: '10.79.0.0/22' });
  const config = `[self]\nwatch = false\n[[target]]\ntarget = "${lan.block}"\nevery = "1m"\n`;
  const program = await newProgram({ config, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
  try {
    const hosts = Array.from({ length: VIRTUAL }, (_, n) => ({
      address: lan.addressAt(20 + n),
      mac: `00:11:32:00:${hex(n >> 8)}:${hex(n & 255)}`,
    }));
    const crowd = await startResponder(lan, { hosts });
    await program.daemon();
    const heard = new Map<string, number>();
    await followLive(program.data, ({ kind, after }, at) => {
      if (kind === 'device.appeared') for (const address of after?.addresses ?? []) heard.set(address, at);
    });
    await until('the first sweep', () => heard.size >= HOSTS + VIRTUAL);
    await pause(2000);
    const talker = await startTalker(lan);
    const taken: number[] = [];
    for (let n = 0; n < ARRIVALS; n++) {
      const address = lan.addressAt(600 + n);
      const sent = await talker.announce({ mac: `00:1b:a9:00:${hex(n >> 8)}:${hex(n & 255)}`, address });
      await pause(APART);
      taken.push((heard.get(address) ?? sent + LOST) - sent);
    }
    await Promise.all([talker.stop(), crowd.stop()]);
    const lost = taken.filter((time) => time >= LOST).length;
    return [
      { name: `arrivals that announce themselves, of ${ARRIVALS}, told`, value: ARRIVALS - lost, unit: 'arrivals', bar: { min: ARRIVALS } },
      { name: 'arrival to live stream, median', value: round(percentile(taken, 0.5)), unit: 'ms', bar: { max: 50 } },
      { name: 'arrival to live stream, p99', value: round(percentile(taken, 0.99)), unit: 'ms', bar: { max: 250 } },
    ];
  } finally {
    await program.end();
    await lan.stop();
  }
}

const hex = (n: number): string => n.toString(16).padStart(2, '0');
