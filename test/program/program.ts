import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program as a user has it. */
export const ROLLCALL = fileURLToPath(new URL('../../bin/rollcall', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is started elsewhere: inside a network namespace, as another user. */
export type Prefix = readonly string[];

export interface ProgramOptions {
  /** Lines of rollcall.toml beyond a free port and no DNS. */
  readonly config?: string;
  readonly prefix?: Prefix;
  /** Further environment, like a PATH without nmap. */
  readonly env?: Readonly<Record<string, string>>;
}

/** One Rollcall with a state folder and a config of its own. */
export interface Program {
  readonly data: string;
  readonly config: string;
  readonly port: number;
  /** Runs a command to its end. */
  run(...args: string[]): Promise<Ended>;
  /** The same with something on stdin. */
  feed(input: string | Uint8Array, ...args: string[]): Promise<Ended>;
  /** Runs a command that must succeed and gives its JSON. */
  json(...args: string[]): Promise<any>;
  /** A daemon in the foreground, once it is ready. */
  daemon(...args: string[]): Promise<Daemon>;
  /** Stops daemons and removes the folder. */
  end(): Promise<void>;
}

export interface Daemon {
  readonly process: ChildProcess;
  readonly pid: number;
  output(): string;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** A test network needs no sparing; what spares networks has tests of its own. */
const UNSPARED = '[scan]\nrate = "lifted"\nper_host = "lifted"\n';

export async function newProgram(options: ProgramOptions = {}): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true })); // a test that fails may not come to its end()
  const [data, config, port] = [join(folder, 'data'), join(folder, 'rollcall.toml'), await freePort()];
  const own = options.config ?? '';
  // [names] comes last, so that a test may go on with it.
  const pace = own.includes('[scan]') ? '' : UNSPARED;
  await writeFile(config, `${pace}[http]\nport = ${port}\n[names]\ndns = false\n${own}`);
  const command = [...(options.prefix ?? []), ROLLCALL];
  const env = { ...process.env, ...options.env, NO_COLOR: '1' };
  const daemons: Daemon[] = [];
  const start = (args: readonly string[]): ChildProcess =>
    spawn(command[0] as string, [...command.slice(1), '--data', data, '--config', config, ...args], { env });
  const run = (...args: string[]): Promise<Ended> => ended(start(args));
  return {
    data,
    config,
    port,
    run,
    feed(input, ...args) {
      const child = start(args);
      child.stdin?.on('error', () => {}); // the program may refuse before it has read everything
      child.stdin?.end(input);
      return ended(child);
    },
    async json(...args) {
      const result = await run('--json', ...args);
      if (result.code !== 0) throw new Error(`rollcall ${args.join(' ')}: exit ${result.code}\n${result.stdout}\n${result.stderr}`);
      return JSON.parse(result.stdout);
    },
    async daemon(...args) {
      const daemon = await startDaemon(start(['run', ...args]), data);
      daemons.push(daemon);
      return daemon;
    },
    async end() {
      await Promise.all(daemons.map((daemon) => daemon.stop('SIGKILL')));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startDaemon(child: ChildProcess, data: string): Promise<Daemon> {
  const end = ended(child);
  let over: Ended | undefined;
  void end.then((result) => {
    over = result;
  });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  child.stderr?.on('data', (chunk) => (text += String(chunk)));
  await until('the daemon to be ready', async () => {
    if (over) throw new Error(`the daemon ended early: exit ${over.code} ${over.signal ?? ''}\n${over.stdout}${over.stderr}`);
    return (await pidIn(data)) !== undefined && /ready/.test(text);
  });
  const pid = (await pidIn(data)) as number;
  return {
    process: child,
    pid,
    output: () => text,
    stop(signal = 'SIGTERM') {
      if (over === undefined) tryKill(pid, signal);
      return end;
    },
  };
}

async function pidIn(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'rollcall.pid'), 'utf8').catch(() => '');
  return /^\d+/.test(text) ? Number.parseInt(text, 10) : undefined;
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {} // it ended by itself
}

/** Collects what a process prints until it ends. */
export function ended(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** Between two questions, in ms: at least, and at most. */
const [SOON, LATER] = [30, 500];

/**
 * Polls until something holds; fails after the deadline (ms). What takes long to ask, as a command that must start, is asked less
 * often: who waits should leave the machine to whom it waits for.
 */
export async function until(what: string, holds: () => Promise<boolean> | boolean, deadline = 30_000): Promise<void> {
  const end = performance.now() + deadline;
  for (;;) {
    const asked = performance.now();
    if (await holds()) return;
    const now = performance.now();
    if (now > end) throw new Error(`waited ${deadline} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(LATER, Math.max(SOON, 2 * (now - asked)))));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A service that listens on 127.0.0.1 and says something. */
export async function listen(banner = 'hello\r\n'): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((socket) => socket.on('error', () => {}).end(banner));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as { port: number }).port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
