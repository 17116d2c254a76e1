import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { parseArgs } from 'node:util';
import type { Allowance, Clock } from './core/index.ts';
import { createMachine, createRunnerHost, type RunnerHost } from './probes/index.ts';

/**
 * The small process that may open raw sockets, and does nothing but start the programs that need them: typed jobs in, what
 * they print out. Not `rollcall` itself, so that neither web server nor store nor parser ever has its capability.
 */
const USAGE = `usage: rollcall runner [--config FILE] [--socket PATH | --fd NUMBER]
Without --socket and --fd it takes the socket that systemd hands to it.`;

const CONFIG = '/etc/rollcall/rollcall.toml';
/** The first file descriptor that systemd hands over (sd_listen_fds). */
const HANDED = 3;

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (length, signal) =>
    new Promise((resolve) => {
      // A timer cannot wait longer than so many ms.
      const timer = setTimeout(resolve, Math.min(length, 2 ** 31 - 1));
      const stop = (): void => {
        clearTimeout(timer);
        resolve();
      };
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

interface Allowed {
  readonly allowances: readonly Allowance[];
  readonly nmapPath: string | null;
}

/** Most config files say nothing of this, and reading them takes several times the memory of all the rest. */
const OF_OURS = /^\s*\[+\s*(?:allow|nmap)\b/m;

/** What the config file allows; the same file as the daemon's, but read by us. */
async function allowedBy(file: string): Promise<Allowed> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (!OF_OURS.test(text)) return { allowances: [], nmapPath: null };
  const { readConfig } = await import('./config/index.ts');
  const reading = readConfig(text, file);
  if (!reading.ok) throw new Error(reading.faults[0]?.message ?? `${file} cannot be read`);
  return { allowances: reading.config.allowances, nmapPath: reading.config.nmap.path };
}

const say = (text: string): void => void process.stderr.write(`rollcall runner: ${text}\n`);

/** Says ten things a minute at most: whoever is refused may try again for ever. */
function sayingSeldom(): (text: string) => void {
  let said = 0;
  setInterval(() => void (said = 0), 60_000).unref();
  return (text) => {
    if (said++ < 10) say(text);
  };
}

/** Where orders come from: a path, or what systemd listens on for us; null: nobody said. */
function placeOf(socket: string | undefined): { readonly path: string } | { readonly fd: number } | null {
  if (socket !== undefined) {
    rmSync(socket, { force: true });
    return { path: socket };
  }
  const handed = process.env['LISTEN_PID'] === String(process.pid) && Number(process.env['LISTEN_FDS']) >= 1;
  return handed ? { fd: HANDED } : null;
}

interface Words {
  readonly config?: string;
  readonly socket?: string;
  readonly fd?: string;
}

async function hostFor({ config = CONFIG }: Words): Promise<RunnerHost> {
  let allowed = await allowedBy(config);
  const facts = { machine: createMachine(), clock, allowances: () => allowed.allowances, nmapPath: allowed.nmapPath };
  process.on('SIGHUP', () => {
    allowedBy(config).then(
      (now) => void (allowed = now),
      (fault: Error) => say(`config not reloaded; the old one stays in force: ${fault.message}`),
    );
  });
  return createRunnerHost({ ...facts, log: sayingSeldom() });
}

function listen(host: RunnerHost, { socket }: Words): void {
  const place = placeOf(socket);
  if (place === null) {
    console.error(USAGE);
    process.exit(2);
  }
  const server = createServer((connection) => host.serve(connection));
  server.on('error', (fault) => {
    say(fault.message);
    process.exit(2);
  });
  server.listen(place, () => {
    if (socket !== undefined) chmodSync(socket, 0o660);
    say('ready');
  });
}

async function main(): Promise<void> {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ args: process.argv.slice(3), options: { config: option, socket: option, fd: option } });
  const host = await hostFor(values);
  const stop = (): void => void host.close().then(() => process.exit(0));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  if (values.fd === undefined) return listen(host, values);
  // Whoever started us is the only one to give orders, and we end with it.
  const connection = new Socket({ fd: Number(values.fd) });
  host.serve(connection);
  connection.once('close', stop);
}

await main().catch((fault: Error) => {
  say(fault.message);
  process.exit(2);
});
