import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Fault, type Millis } from '../../core/index.ts';
import type { Places } from '../places.ts';
import { makeStateFolder } from '../state-folder.ts';
import type { CliWorld } from '../world.ts';
import { askHealth } from './health.ts';

export interface StartOrder {
  readonly places: Places;
  readonly world: Pick<CliWorld, 'launcher' | 'env'>;
  readonly verbose: boolean;
  /** How long to wait until it answers. */
  readonly patience: Millis;
}

/**
 * Starts `rollcall run` as a daemon of its own: own session, so that it survives the logout, output to the log file.
 * Resolves when it answers on its socket; Fault 'unavailable' with the end of the log when it dies before.
 */
export async function startDaemon({ places, world, verbose, patience }: StartOrder): Promise<void> {
  makeStateFolder(places.data);
  const written = sizeOf(places.log);
  const child = launch(places, world, verbose);
  const end = endOf(child);
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const ended = await Promise.race([end, wait(50)]);
    if (ended !== undefined) throw died(ended, places.log, written);
    if ((await askHealth(places.socket)) === 'answers') {
      child.unref();
      return;
    }
  }
  child.unref();
  throw new Fault('unavailable', `starting rollcall: it has not answered within ${patience / 1000} s`, `look at the end of ${places.log}`);
}

function launch(places: Places, { launcher, env }: Pick<CliWorld, 'launcher' | 'env'>, verbose: boolean): ChildProcess {
  const [program, ...first] = launcher;
  const config = places.config === null ? [] : ['--config', places.config];
  const log = openSync(places.log, 'a', 0o600);
  try {
    const args = [...first, 'run', '--data', places.data, ...config, ...(verbose ? ['--verbose'] : [])];
    return spawn(program, args, { detached: true, stdio: ['ignore', log, log], env, cwd: '/' });
  } finally {
    closeSync(log);
  }
}

/** Resolves to how the child ended, in words. */
const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (cause) => resolve(cause.message));
    child.once('exit', (code, signal) => resolve(code === null ? `signal ${signal}` : `exit code ${code}`));
  });

function died(how: string, log: string, from: number): Fault {
  const said = readFileSync(log).subarray(from).toString('utf8').trim();
  const remedy =
    said === ''
      ? 'it could not write to its log; "rollcall run" shows what it says'
      : ['mend what its log says:', ...said.split('\n').slice(-20)].join('\n    ');
  return new Fault('unavailable', `starting rollcall: it ended at once (${how})`, remedy);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
