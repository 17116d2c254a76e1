import type { AccessParts } from '../../src/access/index.ts';
import type { DoorOptions } from '../../src/http/index.ts';
import { PASSWORD, type Stand, setUpStand } from '../make/access-stand.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { type Ask, type OpenDoor, openDoor, type Reply } from './open-door.ts';

/** A door with the real access behind it: nothing but the keeper is made up. */
export interface RealDoor extends AsyncDisposable, Omit<Stand, 'again'> {
  readonly open: OpenDoor;
  /** Asks as a page of ours does: JSON, same origin, with that cookie; null: none. */
  page(path: string, order?: Order): Promise<Reply>;
  /** Cookie of whoever signs in. */
  signIn(name: string, password?: string): Promise<string>;
  /** Cookie of anna, the admin who set it up. */
  readonly anna: string;
}

export interface Order extends Ask {
  readonly cookie?: string | null;
  /** Sent as JSON, by POST unless said otherwise. */
  readonly say?: unknown;
}

export async function realDoor(parts: Partial<AccessParts> = {}, more: Partial<DoorOptions> = {}): Promise<RealDoor> {
  const stand = await setUpStand(parts);
  const open = await openDoor({ keeper: fakeKeeper(), access: stand.access, ...more });
  const page = (path: string, order?: Order): Promise<Reply> => askAsPage(open, path, order);
  return {
    ...stand,
    open,
    page,
    anna: `rollcall=${stand.anna.secret}`,
    async signIn(name, password = PASSWORD) {
      const reply = await page(SIGN_IN, { say: { name, password } });
      return cookieOf(reply) ?? assertIn(reply);
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** Asks as a page of ours does. */
export function askAsPage(open: OpenDoor, path: string, { cookie = null, say, headers, ...ask }: Order = {}): Promise<Reply> {
  const own = {
    'sec-fetch-site': 'same-origin',
    ...(say === undefined ? {} : { 'content-type': 'application/json' }),
    ...(cookie === null ? {} : { cookie }),
    ...headers,
  };
  const said = say === undefined ? {} : { method: 'POST', body: JSON.stringify(say) };
  return open.ask(path, { ...said, ...ask, bare: true, headers: own });
}

export const SETUP = '/api/v1/access/setup';
export const SIGN_IN = '/api/v1/access/sign-in';
export const ME = '/api/v1/access/me';

/** As a browser would send it back; undefined: none was set. */
export const cookieOf = ({ headers }: Reply): string | undefined =>
  headers['set-cookie']?.map((line) => line.split(';', 1)[0] ?? '').find((pair) => !pair.endsWith('='));

function assertIn({ status, text }: Reply): never {
  throw new Error(`signing in: ${status} ${text}`);
}
