import type { AccessStore, AuditEntry, AuditQuery, Instant, Lease, User, UserId } from '../../core/index.ts';
import { nameKey, whoseOf } from '../access-shapes.ts';
import { takenName, takenSubject, unknownProof, unknownUser } from '../faults.ts';
import type { AccessState } from './access-state.ts';

type Leased = <T>(lease: Lease, work: () => T) => Promise<T>;

/** The part of the store that remembers who may come in. */
export const accessStore = (state: AccessState, leased: Leased): AccessStore => ({
  users: async () => [...state.users.values()],
  addUser: (user, lease) => leased(lease, () => putUser(state, { ...user, id: ++state.given.user })),
  updateUser: (user, lease) => leased(lease, () => changeUser(state, user)),
  removeUser: (id, lease) => leased(lease, () => removeUser(state, id)),
  signIns: async (at) => [...state.signIns.values()].filter(({ until, endedAt }) => until > at && endedAt === null),
  addSignIn: (signIn, lease) => leased(lease, () => put(state.signIns, { ...signIn, id: ++state.given.signIn })),
  updateSignIns: (signIns, lease) => leased(lease, () => change(state.signIns, signIns, 'sign-in')),
  tokens: async () => [...state.tokens.values()],
  addToken: (token, lease) => leased(lease, () => put(state.tokens, { ...token, id: ++state.given.token })),
  updateTokens: (tokens, lease) => leased(lease, () => change(state.tokens, tokens, 'token')),
  addAudit: (entry, lease) => leased(lease, () => addAudit(state, entry)),
  audit: async (query) => readAudit(state, query),
  prune: (before, lease) => leased(lease, () => prune(state, before)),
});

function put<T extends { readonly id: number }>(shelf: Map<number, T>, one: T): T {
  shelf.set(one.id, one);
  return one;
}

/** All or none. */
function change<T extends { readonly id: number }>(shelf: Map<number, T>, all: readonly T[], what: 'sign-in' | 'token'): void {
  for (const { id } of all) if (!shelf.has(id)) throw unknownProof(what, id);
  for (const one of all) shelf.set(one.id, one);
}

function putUser({ users }: AccessState, user: User): User {
  const others = [...users.values()].filter(({ id }) => id !== user.id);
  if (others.some(({ name }) => nameKey(name) === nameKey(user.name))) throw takenName(user.name);
  if (user.subject !== null && others.some(({ subject }) => subject === user.subject)) throw takenSubject(user.name);
  return put(users, user);
}

function changeUser(state: AccessState, user: User): void {
  if (!state.users.has(user.id)) throw unknownUser('changing', user.id);
  putUser(state, user);
}

function removeUser({ users, signIns, tokens }: AccessState, id: UserId): void {
  if (!users.delete(id)) throw unknownUser('removing', id);
  for (const shelf of [signIns, tokens]) for (const [key, { user }] of shelf) if (user === id) shelf.delete(key);
}

function addAudit(state: AccessState, entry: Omit<AuditEntry, 'id'>): AuditEntry {
  const kept = { ...entry, id: ++state.given.audit };
  state.audit.push(kept);
  return kept;
}

function readAudit({ audit }: AccessState, { who, operation, since = 0, before = Infinity, limit }: AuditQuery): readonly AuditEntry[] {
  const asked = (name: string): boolean =>
    operation === undefined || (operation.endsWith('.') ? name.startsWith(operation) : name === operation);
  const fits = (entry: AuditEntry): boolean =>
    entry.id < before &&
    entry.at >= since &&
    (who === undefined || entry.who === who || whoseOf(entry.who) === who) &&
    asked(entry.operation);
  return audit.filter(fits).reverse().slice(0, limit);
}

function prune(state: AccessState, before: Instant): number {
  const rows = state.audit.length + state.signIns.size;
  state.audit.splice(0, Infinity, ...state.audit.filter(({ at }) => at >= before));
  for (const [id, { until, endedAt }] of state.signIns)
    if (until < before || (endedAt !== null && endedAt < before)) state.signIns.delete(id);
  return rows - state.audit.length - state.signIns.size;
}
