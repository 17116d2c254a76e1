import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lan } from '../lan/index.ts';
import { until } from '../program/program.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A real systemd with the units of this checkout, where the probe of a LAN stands. */
export interface Booted {
  /** Runs a command inside, as root; resolves to what it printed, whatever it came to. */
  run(...words: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export async function bootSystemd(lan: Lan): Promise<Booted> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-systemd-'));
  let said = '';
  const child = spawn(join(import.meta.dirname, 'boot-systemd.sh'), [lan.probe.namespace, CHECKOUT, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const run = (...words: readonly string[]): Promise<string> => {
    const argv = ['-t', String(initOf(child)), '--mount', '--pid', '--net', '--cgroup', '--uts', '--', ...words];
    return new Promise((resolve) => execFile('nsenter', argv, { timeout: 120_000 }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`)));
  };
  const stop = async (): Promise<void> => {
    const init = initOf(child);
    // All others in its namespace go with it.
    if (init !== undefined) process.kill(init, 'SIGKILL');
    await gone;
    for (const root of ['', 'systemd', 'unified']) removeGroups(join('/sys/fs/cgroup', root, `rollcall-test-${child.pid}`));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const isUp = async (): Promise<boolean> =>
      initOf(child) !== undefined && /^active/m.test(await run('systemctl', 'is-active', 'rollcall-runner.socket'));
    await until('systemd to be up', isUp, 30_000);
    return { run, stop };
  } catch (fault) {
    await stop();
    throw new Error(`${String(fault)}\n${said}`, { cause: fault });
  }
}

/** The process that is the first one inside; undefined before there is one. */
function initOf({ pid }: ChildProcess): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    return first === undefined || first === 0 ? undefined : first;
  } catch {
    return undefined;
  }
}

function removeGroups(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeGroups(join(folder, entry.name));
    rmdirSync(folder);
  } catch {
    // Not a place for groups, or gone already.
  }
}
