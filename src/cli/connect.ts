import { existsSync } from 'node:fs';
import { Fault, type Millis } from '../core/index.ts';
import type { Connection } from './client.ts';
import type { Health } from './daemon/health.ts';
import type { SocketFetchOptions } from './daemon/socket-fetch.ts';
import type { Places } from './places.ts';
import { makeStateFolder } from './state-folder.ts';
import type { CliWorld } from './world.ts';

export interface ConnectOptions extends SocketFetchOptions {
  /** How long a daemon may take to say that it is well; left out: five seconds. */
  readonly patience?: Millis;
}

/** One door: the running daemon where there is one, else the same operations in this process. Only what is needed is loaded. */
export async function connect(places: Places, world: CliWorld, options: ConnectOptions = {}): Promise<Connection> {
  const health = await healthOf(places.socket, options.patience);
  if (health === 'mute')
    throw new Fault(
      'unavailable',
      `asking the daemon at ${places.socket}: it does not answer`,
      'stop it with "rollcall stop", then start it again',
    );
  if (health === 'answers') {
    const { socketClient } = await import('./daemon/socket-client.ts');
    return socketClient(places.socket, options);
  }
  const { loadConfig } = await import('./load-config.ts');
  const config = await loadConfig(places.config, world); // a faulty one leaves no folder behind
  makeStateFolder(places.data);
  return world.openInProcess({ places, config });
}

/** Without a socket there is nobody to ask, and no need to load HTTP. */
async function healthOf(socket: string, patience: Millis | undefined): Promise<Health> {
  if (!existsSync(socket)) return 'absent';
  const { askHealth } = await import('./daemon/health.ts');
  return askHealth(socket, patience);
}
