import type { Access, Recorded } from '../../src/access/index.ts';
import { type Caller, OWNER, SCOPES } from '../../src/core/index.ts';

export interface FakeAccess extends Access {
  /** Who is recognised by which secret, token and cookie alike. Empty it, and nobody is. */
  readonly callers: Map<string, Caller>;
  /** What was kept in the audit. */
  readonly recorded: Recorded[];
  /** Tells those who listen that somebody lost rights. */
  lose(): void;
}

export const callerWith = (fields: Partial<Caller> = {}): Caller => ({
  name: 'local',
  user: null,
  scopes: SCOPES,
  proof: 'token',
  from: null,
  signIn: null,
  ...fields,
});

/** Who may come in, in memory, with nothing behind it. It fails loudly on every question the test did not foresee. */
export function fakeAccess(secrets: Readonly<Record<string, Caller>> = {}, answers: Partial<Access> = {}): FakeAccess {
  const callers = new Map(Object.entries(secrets));
  const recorded: Recorded[] = [];
  const listeners = new Set<() => void>();
  const known: Partial<FakeAccess> = {
    callers,
    recorded,
    recognise({ cookie, bearer, from }) {
      const caller = callers.get(bearer ?? cookie ?? '');
      const fits = caller?.proof === (bearer === null ? 'sign-in' : 'token');
      return caller && fits ? { ...caller, from } : null;
    },
    stands: ({ name }) => name === OWNER.name || [...callers.values()].some((caller) => caller.name === name),
    onLoss(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    lose: () => {
      for (const listener of listeners) listener();
    },
    isSetUp: () => true,
    elsewhere: false,
    elsewhereLabel: null,
    signOut: async () => {},
    record: async (entry) => void recorded.push(entry),
    ...answers,
  };
  return new Proxy(known, {
    get(target, key) {
      if (key in target) return Reflect.get(target, key);
      return () => {
        throw new Error(`nobody expected the question ${String(key)} of access`);
      };
    },
  }) as FakeAccess;
}

/** How whoever owns this machine calls handlers in process. */
export const asOwner = (): { local: true; caller: Caller; access: Access } => ({ local: true, caller: OWNER, access: fakeAccess() });
