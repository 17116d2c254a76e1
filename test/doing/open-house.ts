import { type OpenDoor, openDoor } from '../http/open-door.ts';
import { json } from '../http/operation-case.ts';
import { type Stand, stand, type Wish, watching } from '../watch/stand.ts';

/** A real keeper behind a real door, in a world that stands still. */
export interface OpenHouse extends Pick<OpenDoor, 'client' | 'failures' | 'url' | 'port'>, AsyncDisposable {
  readonly stand: Stand;
  /** Asks over REST; with a body it is sent as JSON. */
  ask(method: string, path: string, body?: object): ReturnType<OpenDoor['ask']>;
  readonly door: OpenDoor;
}

export async function openHouse(wish: Wish = {}): Promise<OpenHouse> {
  const made = await stand({ config: watching(), ...wish });
  const door = await openDoor({ keeper: made.keeper });
  return {
    stand: made,
    door,
    client: door.client,
    failures: door.failures,
    url: door.url,
    port: door.port,
    ask: (method, path, body) => door.ask(`/api/v1${path}`, body === undefined ? { method } : json(method, body)),
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]();
      await made.end();
    },
  };
}
