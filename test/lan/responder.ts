import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { IP } from './ip.ts';
import type { Lan } from './lan.ts';

const PROGRAM = fileURLToPath(new URL('./responder.py', import.meta.url));

export interface VirtualHost {
  readonly address: string;
  readonly mac: string;
  /** TCP ports it accepts a SYN on; it refuses all others, and never gets further than that. */
  readonly open?: readonly number[];
}

/** How hosts that do not exist answer. Each can be turned while they do. */
export interface Knobs {
  readonly hosts?: readonly VirtualHost[];
  /** Share of replies that get lost: 0..1 (R36). */
  readonly loss?: number;
  /** Sleep: of each `of` slots of `every` seconds, only the first `awake` are answered (R37). */
  readonly awake?: number;
  readonly of?: number;
  readonly every?: number;
  /** A new random MAC with each ARP reply (S7). */
  readonly churn?: boolean;
  /** The MAC that answers for every address nobody has; null for none (R41). */
  readonly proxy?: string | null;
  /** Seed of the losses. */
  readonly seed?: number;
}

/** What the responder has counted so far. */
export interface Counted {
  readonly asked: number;
  readonly answered: number;
}

export interface Responder {
  /** Turns knobs; resolves when they hold, with the counts until then. */
  turn(knobs: Knobs): Promise<Counted>;
  stop(): Promise<void>;
}

let started = 0;

/** Hosts that do not exist join the LAN's switch. The LAN's own stop() ends them too. */
export async function startResponder(lan: Lan, knobs: Knobs): Promise<Responder> {
  const { namespace, iface } = await lan.addBareNode(`ghost${++started}`);
  const argv = ['netns', 'exec', namespace, 'python3', PROGRAM, iface];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(IP, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const responder: Responder = {
    async turn({ hosts, ...rest }) {
      const named = hosts && {
        hosts: Object.fromEntries(hosts.map(({ address, mac }) => [address, mac])),
        open: Object.fromEntries(hosts.map(({ address, open = [] }) => [address, open])),
      };
      const real = [lan.probe.address, ...lan.hosts.map(({ address }) => address)];
      child.stdin.write(`${JSON.stringify({ ...rest, ...named, real })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('the responder has gone');
      return JSON.parse(value) as Counted;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
  await responder.turn(knobs);
  return responder;
}
