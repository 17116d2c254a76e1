import { existsSync } from 'node:fs';
import { Fault } from '../core/index.ts';
import type { Connection } from './client.ts';
import type { Health } from './daemon/health.ts';
import type { SocketFetchOptions } from './daemon/socket-fetch.ts';
import type { Places } from './places.ts';
import { makeStateFolder } from './state-folder.ts';
import type { CliWorld } from './world.ts';

/** One door: the running daemon where there is one, else the same operations in this process. Only what is needed is loaded. */
export async function connect(places: Places, world: CliWorld, options: SocketFetchOptions = {}): Promise<Connection> {
  const health = await healthOf(places.socket);
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
  const config = await loadConfig(places.config); // a faulty one leaves no folder behind
  makeStateFolder(places.data);
  return world.openInProcess({ places, config });
}

/** Without a socket there is nobody to ask, and no need to load HTTP. */
async function healthOf(socket: string): Promise<Health> {
  if (!existsSync(socket)) return 'absent';
  const { askHealth } = await import('./daemon/health.ts');
  return askHealth(socket);
}
