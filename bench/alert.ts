import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createLan, type Lan, startResponder, startTalker } from '../test/lan/index.ts';
import { newProgram, until } from '../test/program/program.ts';
import { percentile, type Row, round } from './row.ts';

const ARRIVALS = 200;
/** Apart enough that they are arrivals, not a storm. */
const APART = 400;
/** A network of some size: so many newcomers within minutes would be a storm in a small one. */
const VIRTUAL = 500;
/** So long nobody waits for news of an arrival. */
const LOST = 5000;
/** Nobody else is in the namespace. */
const PORT = 8099;

const config = ({ block }: Lan): string => `[self]
watch = false
[alerts]
usual = false
reach = ["127.0.0.1:${PORT}"]
[[target]]
target = "${block}"
every = "1m"
[[channel]]
name = "hook"
kind = "webhook"
url = "http://127.0.0.1:${PORT}/"
ceiling = 0
[[rule]]
name = "arrivals"
on = ["device.appeared"]
`;

/** From the frame with which a device announces itself to the webhook at its receiver: change and verdict are committed between. */
export async function alertRows(): Promise<Row[]> {
  const lan = await createLan({ hosts: 10, block: '10.79.0.0/22' });
  const prefix = ['ip', 'netns', 'exec', lan.probe.namespace];
  const told = new Map<string, number>();
  const sink = await startSink(prefix, told);
  const program = await newProgram({ config: config(lan), prefix });
  try {
    const hosts = Array.from({ length: VIRTUAL }, (_, n) => ({ address: lan.addressAt(20 + n), mac: macOf('00:11:32:00', n) }));
    const crowd = await startResponder(lan, { hosts });
    await program.daemon();
    await until('the first sweep to be told', () => told.size >= 1);
    await pause(15_000); // those of the first sweep are looked at directly
    const talker = await startTalker(lan);
    const taken: number[] = [];
    for (let n = 0; n < ARRIVALS; n++) {
      const address = lan.addressAt(600 + n);
      const sent = await talker.announce({ mac: macOf('00:1b:a9:00', n), address });
      await pause(APART);
      taken.push((told.get(address) ?? sent + LOST) - sent);
    }
    await Promise.all([talker.stop(), crowd.stop()]);
    return [
      {
        name: `arrivals that announce themselves, of ${ARRIVALS}, at the webhook`,
        value: taken.filter((time) => time < LOST).length,
        unit: 'arrivals',
        bar: { min: ARRIVALS },
      },
      { name: 'arrival to webhook, median', value: round(percentile(taken, 0.5)), unit: 'ms', bar: { max: 100 } },
      { name: 'arrival to webhook, p99', value: round(percentile(taken, 0.99)), unit: 'ms', bar: { max: 500 } },
    ];
  } finally {
    await program.end();
    await sink();
    await lan.stop();
  }
}

/** When each address was first told of; returns how to end it. */
async function startSink([command = '', ...args]: readonly string[], told: Map<string, number>): Promise<() => Promise<void>> {
  const script = fileURLToPath(new URL('webhook-sink.ts', import.meta.url));
  const child = spawn(command, [...args, process.execPath, script, String(PORT)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  lines.on('line', (line) => {
    const { at, body } = JSON.parse(line) as { at: number; body: string };
    for (const [address] of body.matchAll(/10\.79\.\d+\.\d+/g)) if (!told.has(address)) told.set(address, at);
  });
  return async () => {
    const over = once(child, 'close');
    child.kill();
    await over;
  };
}

const hex = (n: number): string => n.toString(16).padStart(2, '0');
const macOf = (maker: string, n: number): string => `${maker}:${hex(n >> 8)}:${hex(n & 255)}`;
