import { type Access, type AccessParts, createAccess } from '../../src/access/index.ts';
import { Fault, type FaultCode, type Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { keeper, MINUTE, START } from '../contracts/store/scene.ts';
import { ManualClock } from '../watch/manual-clock.ts';

/** As little as argon2 takes: the laws are the same, a thousand times faster. */
export const CHEAP = { memory: 8, passes: 1, lanes: 1 } as const;

export const PASSWORD = 'hedgehog under ladder';
export const OTHER = 'seven umbrellas of glass';

export const whence = { from: '192.0.2.7', agent: 'Browser 1.0' } as const;

export const fault =
  (code: FaultCode, text = /./) =>
  (thrown: unknown): boolean =>
    thrown instanceof Fault && thrown.code === code && text.test(thrown.message);

export interface Stand {
  readonly access: Access;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly lines: string[];
  /** Another process on the same store, later. */
  again(more?: Partial<AccessParts>): Promise<Access>;
}

/** Access on a store in memory, on a clock that only the test moves. */
export async function accessStand(more: Partial<AccessParts> = {}): Promise<Stand> {
  const clock = new ManualClock(START);
  const store = await openStore({ kind: 'memory' });
  const lines: string[] = [];
  const tell = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const lease = async () => {
    const answer = await store.acquireLease(keeper('first'), clock.now(), 1e12 * MINUTE);
    if (!answer.granted) throw new Error('the lease is taken');
    return answer.lease;
  };
  const parts = { store: store.access, lease, clock, log: { info: tell, warn: tell }, cost: CHEAP, ...more };
  const again = (other: Partial<AccessParts> = {}): Promise<Access> => createAccess({ ...parts, ...other });
  return { access: await again(), store, clock, lines, again };
}

/** A stand with an admin, anna, signed in. */
export async function setUpStand(more: Partial<AccessParts> = {}) {
  const stand = await accessStand(more);
  const secret = stand.access.setupLink()?.secret ?? '';
  const anna = await stand.access.setup({ ...whence, secret, name: 'anna', password: PASSWORD });
  return { ...stand, anna };
}

export const signedIn = (access: Access, name: string, password = PASSWORD) => access.signIn({ ...whence, name, password });

/** Who comes with that cookie. */
export const byCookie = (access: Access, cookie: string) => access.recognise({ cookie, bearer: null, from: whence.from });
export const byBearer = (access: Access, bearer: string) => access.recognise({ cookie: null, bearer, from: whence.from });
