import type { ChildProcess } from 'node:child_process';
import type { Lan } from './lan.ts';

/** A packet that left the probe. */
export interface Sent {
  /** Seconds of the kernel's clock. */
  readonly at: number;
  /** Whom it was meant for: who is asked by ARP, or the destination address. */
  readonly to: string;
  readonly arp: boolean;
  /** Destination port; null where it has none. */
  readonly port: number | null;
  /** A SYN that opens a connection. */
  readonly opens: boolean;
}

export interface Capture {
  /** All that was sent so far, once the last of it has been written. */
  sent(): Promise<readonly Sent[]>;
  end(): void;
}

/** Captures what the probe of a LAN sends. Resolves when it is listening. */
export async function captureSent(lan: Lan): Promise<Capture> {
  const { iface, mac } = lan.probe;
  const argv = ['tcpdump', '-i', iface, '-nn', '-tt', '-l', '--immediate-mode', '-B', '8192', 'ether', 'src', mac];
  const dump = lan.spawn(argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  dump.stdout?.on('data', (chunk) => (text += String(chunk)));
  await listening(dump);
  return {
    async sent() {
      for (let before = -1; before !== text.length; ) {
        before = text.length;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return text.split('\n').flatMap((line) => sentIn(line) ?? []);
    },
    end: () => void dump.kill(),
  };
}

const listening = (dump: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    dump.stderr?.on('data', (chunk) => /listening on/.test(String(chunk)) && resolve());
    dump.on('close', () => reject(new Error('tcpdump ended before it listened')));
  });

function sentIn(line: string): Sent | null {
  const arp = /^(\d+\.\d+) ARP, Request who-has (\S+?),? /.exec(line);
  if (arp) return { at: Number(arp[1]), to: arp[2] as string, arp: true, port: null, opens: false };
  const ip = /^(\d+\.\d+) IP (\S+) > (\d+\.\d+\.\d+\.\d+)(?:\.(\d+))?: (.*)$/.exec(line);
  if (!ip) return null;
  return {
    at: Number(ip[1]),
    to: ip[3] as string,
    arp: false,
    port: ip[4] ? Number(ip[4]) : null,
    opens: (ip[5] as string).startsWith('Flags [S]'),
  };
}

/** Most of some packets within any second. */
export function mostInASecond(packets: readonly Sent[]): number {
  let [most, first] = [0, 0];
  for (const [i, { at }] of packets.entries()) {
    while (at - (packets[first] as Sent).at >= 1) first++;
    most = Math.max(most, i - first + 1);
  }
  return most;
}
