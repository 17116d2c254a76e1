import { createInterface } from 'node:readline';
import type { Lan } from './lan.ts';

/** What passes where the probe stands, from now on. */
export interface Tap {
  /** Ends it; the (address, port) pairs that were sent a first packet of a connection, "10.77.0.1 tcp/22", in order and once each. */
  end(): Promise<Passed>;
}

export interface Passed {
  readonly pairs: readonly string[];
  /** Packets the probe sent to hosts of the LAN, ARP not counted. */
  readonly packets: number;
}

/** Listens with tcpdump to what the probe sends. */
export async function startTap({ spawn, probe }: Lan): Promise<Tap> {
  const filter = `ip and src host ${probe.address} and (tcp or udp or icmp)`;
  const child = spawn(['tcpdump', '-i', probe.iface, '-l', '-n', '-q', '-v', '-t', '--immediate-mode', filter], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ready = Promise.withResolvers<void>();
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    if (/listening on/.test(line)) ready.resolve();
  });
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void over.then(() => ready.reject(new Error('tcpdump ended before it listened')));
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => lines.push(line));
  await ready.promise;
  return {
    async end() {
      child.kill('SIGINT'); // it then prints what it still holds
      await over;
      return passedIn(lines);
    },
  };
}

/** "10.77.0.254.45123 > 10.77.0.1.22: tcp 0", on the line after that of its IP header. */
const SENT = /^\s+(?:[\d.]+)\.(\d+) > ([\d.]+)\.(\d+): (tcp|udp|UDP)/i;

function passedIn(lines: readonly string[]): Passed {
  const sent = lines.flatMap((line) => {
    const match = SENT.exec(line);
    return match ? [`${match[2]} ${(match[4] as string).toLowerCase()}/${match[3]}`] : [];
  });
  const packets = lines.filter((line) => line.startsWith('IP ')).length;
  return { pairs: [...new Set(sent)], packets };
}
