import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { IP } from './ip.ts';
import type { Lan } from './lan.ts';
import type { VirtualHost } from './responder.ts';

const PROGRAM = fileURLToPath(new URL('./talker.py', import.meta.url));

export interface Talker {
  /** One gratuitous ARP of a device that does not exist; resolves to when it was sent (epoch ms, with fractions). */
  announce(host: VirtualHost): Promise<number>;
  stop(): Promise<void>;
}

let started = 0;

/** Somebody at the switch who speaks for devices that do not exist. The LAN's own stop() ends it too. */
export async function startTalker(lan: Lan): Promise<Talker> {
  const { namespace, iface } = await lan.addBareNode(`talker${++started}`);
  const argv = ['netns', 'exec', namespace, 'python3', '-u', PROGRAM, iface];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(IP, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async announce({ mac, address }) {
      child.stdin.write(`${mac} ${address}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('the talker has gone');
      return Number(value) / 1e6;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
