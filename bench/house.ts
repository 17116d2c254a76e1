import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../src/store/index.ts';
import { openKeeper } from './keeper.ts';
import { hostAt, reportOf } from './world.ts';

export const ROLLCALL = fileURLToPath(new URL('../bin/rollcall', import.meta.url));

/** A state folder with that many devices in it, and a free port. */
export interface House {
  readonly data: string;
  readonly config: string;
  readonly port: number;
  /** A daemon on it; resolves when it answers. */
  daemon(): Promise<{ readonly pid: number; stop(): Promise<void> }>;
}

export async function withHouse<T>(devices: number, work: (house: House) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const [data, config, port] = [join(folder, 'data'), join(folder, 'rollcall.toml'), await freePort()];
  await mkdir(data, { mode: 0o700 });
  await writeFile(config, `[http]\nport = ${port}\n[names]\ndns = false\n`);
  const keeper = await openKeeper(await openStore({ kind: 'sqlite', path: join(data, 'rollcall.db') }));
  await keeper.commit(
    reportOf(
      Array.from({ length: devices }, (_, i) => hostAt(i)),
      Date.now() - 60_000,
      { ports: true },
    ),
  );
  await keeper.close();
  try {
    return await work({ data, config, port, daemon: () => startDaemon({ data, config, port }) });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function startDaemon({
  data,
  config,
  port,
}: {
  data: string;
  config: string;
  port: number;
}): Promise<{ pid: number; stop(): Promise<void> }> {
  const child = spawn(ROLLCALL, ['run', '--data', data, '--config', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const deadline = performance.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`the daemon did not get ready (exit ${child.exitCode})`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const pid = Number.parseInt(await readFile(join(data, 'rollcall.pid'), 'utf8'), 10);
  return {
    pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
