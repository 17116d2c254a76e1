import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cause, HeardCount, Sighting } from '../../src/core/index.ts';
import type { Lan } from '../lan/index.ts';
import { IP } from '../lan/ip.ts';
import { arp } from './frames.ts';

export interface Heard {
  readonly sighting: Sighting;
  /** When its process was told (epoch ms). */
  readonly told: number;
}

export interface Report {
  readonly count: HeardCount;
  readonly commands: readonly (readonly string[])[];
  /** Resident memory, in octets. */
  readonly memory: number;
  /** Microseconds of processor it has used. */
  readonly cpu: { readonly user: number; readonly system: number };
}

export interface StationOptions {
  readonly before?: readonly string[];
  readonly knows?: string;
}

/** A process that listens where the probe of a LAN stands. */
export interface Station {
  readonly pid: number;
  readonly heard: readonly Heard[];
  /** The first sighting, among those not yet given away, that fits; waits for it. */
  hears(fits: (sighting: Sighting) => boolean, limit?: number): Promise<Heard>;
  report(): Promise<Report>;
  /** Why it ended; waits for that. */
  readonly ended: Promise<Cause | null>;
  stop(): Promise<void>;
}

/**
 * Starts it; with a sender, resolves when it is heard to listen. `before`: words in front of node, as
 * `setpriv --reuid 65534 --`; `knows`: how the hardware addresses begin that it knows.
 */
export async function startStation(lan: Lan, sender: Sender | null, { before = [], knows = '' }: StationOptions = {}): Promise<Station> {
  const argv = [...before, process.execPath, `${import.meta.dirname}/listen-from-here.ts`, knows, lan.probe.iface];
  const child = lan.spawn(argv, { stdio: ['pipe', 'pipe', 'inherit'] }) as ChildProcessByStdio<Writable, Readable, null>;
  const exited = once(child, 'exit');
  const heard: Heard[] = [];
  const reports: ((report: Report) => void)[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<Cause | null>();
  createInterface(child.stdout).on('line', (line) => {
    const words = JSON.parse(line);
    if ('sighting' in words) heard.push(words);
    else if ('ended' in words) end(words.ended);
    else reports.shift()?.(words);
  });
  const station: Station = {
    pid: child.pid as number,
    heard,
    async hears(fits, limit = 5000) {
      const deadline = performance.now() + limit;
      for (;;) {
        const found = heard.findIndex(({ sighting }) => fits(sighting));
        if (found >= 0) return heard.splice(found, 1)[0] as Heard;
        if (performance.now() > deadline)
          throw new Error(`not heard within ${limit} ms; heard: ${heard.map(({ sighting }) => sighting.line).join(' | ')}`);
        await pause(2);
      }
    },
    report() {
      child.stdin.write('\n');
      return new Promise((resolve) => reports.push(resolve));
    },
    ended,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
  if (sender !== null) await listens(station, sender);
  return station;
}

/** It listens when it hears: a stranger without an address probes until then. */
async function listens(station: Station, sender: Sender): Promise<void> {
  const from = '02:00:5e:00:53:77';
  const probe = arp({ from }, { sender: '0.0.0.0', target: '10.77.0.77' });
  for (let tries = 0; tries < 100; tries++) {
    await sender.send(probe);
    const heard = await station.hears(({ mac }) => mac === from, 100).catch(() => undefined);
    if (heard !== undefined) return;
  }
  throw new Error('the station does not listen');
}

/** Sends frames, octet by octet, from a namespace of its own at the LAN's switch. */
export interface Sender {
  /** Resolves when they are out, with when each one left (epoch ms). */
  send(...frames: readonly Uint8Array[]): Promise<number[]>;
  /** So many ARP announcements a second for so many seconds, from 60,000 hardware addresses in turn. Resolves to how many were sent. */
  flood(how: { readonly rate: number; readonly seconds: number }): Promise<number>;
  stop(): Promise<void>;
}

const PROGRAM = `${import.meta.dirname}/send-frames.py`;
let started = 0;

export async function startSender(lan: Lan): Promise<Sender> {
  const { namespace, iface } = await lan.addBareNode(`sender${++started}`);
  const argv = ['netns', 'exec', namespace, 'python3', PROGRAM, iface];
  const child: ChildProcess = spawn(IP, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const answers = createInterface(child.stdout as Readable)[Symbol.asyncIterator]();
  const order = async (words: object): Promise<any> => {
    child.stdin?.write(`${JSON.stringify(words)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error('the sender has gone');
    return JSON.parse(value);
  };
  return {
    send: (...frames) => order({ frames: frames.map((frame) => Buffer.from(frame).toString('hex')) }),
    flood: (how) => order({ flood: how }),
    async stop() {
      child.stdin?.end();
      await exited;
    },
  };
}
