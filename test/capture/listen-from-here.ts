/**
 * A process that listens with the real listener in the namespace it is started in, on the interfaces it is given after
 * how the hardware addresses begin that it knows (nothing: it knows nobody). Prints
 * each sighting as a line of JSON; each line of standard input is answered with how much was heard; ends with the input.
 */
import { createInterface } from 'node:readline';
import { createListener } from '../../src/probes/index.ts';
import { fastClock } from '../probes/clocks.ts';
import { machineHere } from '../probes/machine-here.ts';

const say = (words: object): void => void process.stdout.write(`${JSON.stringify(words)}\n`);
const stop = new AbortController();
const clock = fastClock();
const listener = createListener({ clock, machine: await machineHere(clock) });
const [known, ...ifaces] = process.argv.slice(2);
const ended = listener.listen(
  {
    ifaces,
    hear: (sighting) => say({ sighting, told: performance.timeOrigin + performance.now() }),
    knows: (mac) => known !== undefined && known !== '' && mac.startsWith(known),
  },
  stop.signal,
);
void ended.then((cause) => say({ ended: cause }));

const input = createInterface({ input: process.stdin });
input.on('line', () =>
  say({ count: listener.count, commands: listener.commands, memory: process.memoryUsage.rss(), cpu: process.cpuUsage() }),
);
input.on('close', () => {
  stop.abort();
  void ended.then(() => process.exit());
});
