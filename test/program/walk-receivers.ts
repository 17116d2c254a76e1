import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lan } from '../lan/index.ts';
import { toolEnv, toolPath } from '../needs.ts';
import { until } from './program.ts';

/** Whom the walk of a page tells; all of them stand where the probe does, on its loopback, and end with the LAN. */
export interface Receivers {
  /** By what the page calls it. Comes back when it listens. */
  start(who: string, port: number): Promise<void>;
  /** Waits for something that came after the last time this was asked. */
  told(who: string): Promise<void>;
  /** What the broker keeps at a topic; empty when there is nothing. */
  kept(topic: string): Promise<string>;
}

const PROGRAM = fileURLToPath(new URL('./walk-receiver.ts', import.meta.url));
/** What each keeps in the folder of the walk. */
const FILES: Readonly<Record<string, string>> = { IFTTT: 'ifttt.txt', 'a mail server': 'mail.txt', 'the mail server': 'mail.txt' };

export function receiversOf(lan: Lan, folder: string): Receivers {
  const read = new Map<string, number>();
  let broker = 0;
  const fileOf = (who: string): string => join(folder, FILES[who] ?? who);
  return {
    async start(who, port) {
      if (who === 'mosquitto') {
        broker = port;
        return startBroker(lan, join(folder, '..', 'mosquitto.conf'), port);
      }
      const kind = who === 'IFTTT' ? 'ifttt' : 'smtp';
      const child = lan.spawn([process.execPath, PROGRAM, kind, String(port), fileOf(who)], { stdio: ['ignore', 'pipe', 'inherit'] });
      await said(child);
    },
    async told(who) {
      const file = fileOf(who);
      const before = read.get(file) ?? 0;
      await until(`a message at ${who}`, () => existsSync(file) && readFileSync(file).length > before);
      read.set(file, readFileSync(file).length);
    },
    kept: (topic) => keptBy(lan, broker, topic),
  };
}

/** Until a program says that it listens. */
async function said(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code} and never listened`)));
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {}); // it ends with the LAN
}

async function startBroker(lan: Lan, config: string, port: number): Promise<void> {
  writeFileSync(config, `user root\nallow_anonymous true\nlistener ${port} 127.0.0.1\n`);
  lan.spawn([toolPath('mosquitto') as string, '-c', config], { stdio: 'ignore', env: toolEnv() });
  await until('mosquitto to listen', async () => (await subscribe(lan, port, ['-t', '$SYS/broker/version'])).code === 0);
}

const keptBy = async (lan: Lan, port: number, topic: string): Promise<string> =>
  (await subscribe(lan, port, ['-t', topic])).stdout.trimEnd();

const subscribe = (lan: Lan, port: number, args: readonly string[]): ReturnType<Lan['run']> =>
  lan.run([toolPath('mosquitto_sub') as string, '-p', String(port), '-C', '1', '-W', '2', ...args], { env: toolEnv() });
