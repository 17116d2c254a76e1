import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../core/index.ts';
import type { Connection } from '../client.ts';
import type { Call } from '../command.ts';
import { connect } from '../connect.ts';
import { loadConfig } from '../load-config.ts';
import type { Places } from '../places.ts';
import { STORE_FILE } from '../store-file.ts';
import { type Facts, factsOf } from './facts.ts';
import type { CheckOrder } from './options.ts';
import { textOfFile } from './read-file.ts';

/** Asks the daemon, or the store in this process; over HTTP where the order says so. */
export async function askFacts({ places, world }: Pick<Call, 'places' | 'world'>, order: CheckOrder, signal: AbortSignal): Promise<Facts> {
  const { client, close } = await connectionOf(places, order, world);
  try {
    return await factsOf(client, { order, now: world.now(), signal });
  } finally {
    await close();
  }
}

async function connectionOf(places: Places, { url, tokenFile, timeout }: CheckOrder, world: Call['world']): Promise<Connection> {
  if (url !== null && tokenFile !== null) {
    const token = await readToken(tokenFile);
    const { urlClient } = await import('../daemon/url-client.ts');
    return urlClient(url, token);
  }
  await refuseWithoutStore(places, world);
  return connect(places, world, { patience: Math.min(timeout, 5000) });
}

/** A check makes nothing: in a store that it made itself nobody would be missed, and the daemon might not be able to write it. */
async function refuseWithoutStore(places: Places, world: Call['world']): Promise<void> {
  const file = join(places.data, STORE_FILE);
  try {
    await stat(file);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'EACCES')
      throw new Fault(
        'refused',
        `reading ${places.data}: permission denied`,
        'ask the daemon with --url and --token-file, or use its account',
      );
    const { store } = await loadConfig(places.config, world);
    if (store.url === null) throw new Fault('not-found', `reading ${file}: there is no store`, 'name its folder with --data');
  }
}

async function readToken(file: string): Promise<string> {
  const token = (await textOfFile(file)).trim();
  if (/^[\x21-\x7e]{16,4096}$/.test(token)) return token;
  throw new Fault(
    'bad-input',
    `reading token ${file}: it holds no token of 16 characters or more`,
    'write there what "rollcall token" prints',
  );
}
