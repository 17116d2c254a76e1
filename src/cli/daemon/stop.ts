import { setTimeout as wait } from 'node:timers/promises';
import { Fault, type Millis } from '../../core/index.ts';
import type { Places } from '../places.ts';
import { askHealth } from './health.ts';
import { birthOf, livingPid } from './pid-file.ts';

/**
 * The pid of our daemon: what the one behind our own socket says of itself, else what the pid file proves.
 * undefined when none runs.
 */
export async function daemonPid(places: Places): Promise<number | undefined> {
  if ((await askHealth(places.socket)) !== 'answers') return livingPid(places.pid);
  const { socketClient } = await import('./socket-client.ts');
  return (await socketClient(places.socket).client.status.get()).pid;
}

/** Asks a process to end and waits until it has. Fault 'unavailable' when it is still there after the patience. */
export async function stopProcess(pid: number, patience: Millis): Promise<void> {
  const birth = await birthOf(pid);
  if (birth === undefined) return;
  signal(pid);
  const deadline = performance.now() + patience;
  while ((await birthOf(pid)) === birth) {
    if (performance.now() > deadline)
      throw new Fault(
        'unavailable',
        `stopping rollcall: process ${pid} is still there after ${patience / 1000} s`,
        `wait, or end it with: kill -9 ${pid}`,
      );
    await wait(50);
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === 'EPERM')
      throw new Fault('refused', `stopping rollcall: process ${pid} belongs to another account`, 'use that account, or sudo');
    if (code !== 'ESRCH') throw cause;
  }
}
