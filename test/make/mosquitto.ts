import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { toolEnv, toolPath } from '../needs.ts';
import { freePort } from '../program/program.ts';

/** A message as a subscriber got it. */
export interface GotMessage {
  readonly topic: string;
  readonly text: string;
  readonly kept: boolean;
}

/** Somebody else at the broker: a home automation, or an attacker. */
export interface Subscriber {
  readonly client: MqttClient;
  /** In the order in which they came. */
  readonly got: readonly GotMessage[];
  /** What stands at each topic as far as it was told: empty messages take a topic away. */
  readonly board: ReadonlyMap<string, string>;
  send(topic: string, text: string | Buffer, retain?: boolean): Promise<void>;
}

/** A mosquitto of the test, on the loopback. */
export interface BrokerDouble {
  readonly port: number;
  readonly url: string;
  subscriber(...filters: string[]): Promise<Subscriber>;
  /** What is kept, as somebody learns who comes now. */
  kept(filter?: string): Promise<ReadonlyMap<string, string>>;
  /** Ends the process; what it has kept is there again after `start`. */
  halt(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  /** Has it read its access list anew. */
  reread(): void;
  /** Freezes it, and lets it go on. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export interface BrokerManners {
  /** Whoever does not know it is not let in. */
  readonly password?: string;
  /** Paths of its certificate and key. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Further lines of its configuration. */
  readonly lines?: readonly string[];
}

export const USER = 'rollcall';

const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export async function mosquitto({ password, tls, lines = [] }: BrokerManners = {}): Promise<BrokerDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-mosquitto-'));
  folders.add(folder);
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  const passwords = join(folder, 'passwords');
  if (password !== undefined) {
    await writeFile(passwords, `${USER}:${password}\n`, { mode: 0o600 });
    execFileSync(toolPath('mosquitto_passwd') as string, ['-U', passwords], { env: toolEnv() });
  }
  await writeFile(
    config,
    [
      ...(process.getuid?.() === 0 ? ['user root'] : []),
      'persistence true',
      `persistence_location ${folder}/`,
      ...(password === undefined ? ['allow_anonymous true'] : ['allow_anonymous false', `password_file ${passwords}`]),
      `listener ${port} 127.0.0.1`,
      ...(tls === undefined ? [] : [`certfile ${tls.cert}`, `keyfile ${tls.key}`]),
      ...lines,
      '',
    ].join('\n'),
  );
  const login = password === undefined ? '' : `${USER}:${encodeURIComponent(password)}@`;
  const url = tls === undefined ? `mqtt://${login}127.0.0.1:${port}` : `mqtts://${login}localhost:${port}`;
  const clients = new Set<MqttClient>();
  let child: ChildProcess | undefined;
  const broker: BrokerDouble = {
    port,
    url,
    async subscriber(...filters) {
      const client = await connectAsync(url, { reconnectPeriod: 0, rejectUnauthorized: false });
      clients.add(client);
      client.on('error', () => {});
      const got: GotMessage[] = [];
      const board = new Map<string, string>();
      client.on('message', (topic, payload, { retain }) => {
        got.push({ topic, text: String(payload), kept: retain });
        if (payload.length === 0) board.delete(topic);
        else board.set(topic, String(payload));
      });
      if (filters.length > 0) await client.subscribeAsync(filters, { qos: 0 });
      return {
        client,
        got,
        board,
        send: async (topic, text, retain = false) => void (await client.publishAsync(topic, text, { qos: 1, retain })),
      };
    },
    async kept(filter = '#') {
      const { client, board, got } = await broker.subscriber(filter, 'the/end');
      await client.publishAsync('the/end', 'of it');
      await until('the end of what is kept', () => got.some(({ topic }) => topic === 'the/end'));
      await client.endAsync(true);
      return new Map([...board].filter(([topic]) => topic !== 'the/end').sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    async halt(signal = 'SIGTERM') {
      const running = child;
      child = undefined;
      if (!running || running.exitCode !== null) return;
      const over = new Promise((resolve) => running.once('close', resolve));
      running.kill(signal);
      await over;
    },
    async start() {
      child = spawn(toolPath('mosquitto') as string, ['-c', config], { stdio: 'ignore', env: toolEnv() });
      await until('mosquitto to listen', () => answers(port));
    },
    reread: () => void child?.kill('SIGHUP'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async stop() {
      await Promise.all([...clients].map((client) => client.endAsync(true)));
      await broker.halt('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Polls until something holds; fails after the deadline (ms). */
export async function until(what: string, holds: () => Promise<boolean> | boolean, deadline = 20_000): Promise<void> {
  const end = performance.now() + deadline;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${deadline} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
