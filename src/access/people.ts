import { type Caller, Fault, type Instant, type Lease, orFault, type User } from '../core/index.ts';
import type { UserDraft, UserEdit, Welcome, Whence } from './access.ts';
import { beginSignIn, endAll } from './beginning.ts';
import { isAdminIn } from './book.ts';
import { prove } from './entering.ts';
import { lastAdmin, nameTaken, noSuchUser, notByToken, notRight } from './faults.ts';
import { judgeName } from './names.ts';
import { judgePassword } from './password-rules.ts';
import type { Wired } from './wired.ts';

export async function addUser(wired: Wired, { name, role, password }: UserDraft): Promise<User> {
  const { book, desk, parts, links } = wired;
  orFault(judgeName(name));
  orFault(judgePassword(password, name));
  if (book.userNamed(name)) throw nameTaken(name);
  const proof = await wired.passwords.hash(password);
  return desk.inTurn(async (lease) => {
    if (book.userNamed(name)) throw nameTaken(name);
    const draft = { name, role, password: proof, subject: null, madeAt: parts.clock.now(), disabledAt: null };
    const user = await parts.store.addUser(draft, lease);
    book.putUser(user);
    links.void();
    return user;
  });
}

/** What they may, and how they prove themselves. Whatever changes of it ends their sign-ins (S19); what is as it was ends none. */
export async function editUser(wired: Wired, name: string, { role, disabled, password }: UserEdit): Promise<User> {
  if (password !== undefined) orFault(judgePassword(password, name));
  const proof = password === undefined ? undefined : await wired.passwords.hash(password);
  return wired.desk.inTurn(async (lease) => {
    const user = userCalled(wired, name, 'changing');
    const next = edited(user, { role, disabled, proof }, wired.parts.clock.now());
    if (isSame(user, next)) return user;
    if (wired.book.isLastAdmin(user) && !isAdminIn(next)) throw lastAdmin('changing', user.name);
    return changeUser(wired, next, lease);
  });
}

interface Edit {
  readonly role: User['role'] | undefined;
  readonly disabled: boolean | undefined;
  readonly proof: string | undefined;
}

/** Who is disabled already stays so since then. */
function edited(
  user: User,
  { role = user.role, disabled = user.disabledAt !== null, proof = user.password ?? undefined }: Edit,
  now: Instant,
): User {
  return { ...user, role, password: proof ?? null, disabledAt: disabled ? (user.disabledAt ?? now) : null };
}

const isSame = (one: User, other: User): boolean =>
  one.role === other.role && one.disabledAt === other.disabledAt && one.password === other.password;

/** In this order: whatever cuts it short must leave no sign-in behind that began before. */
async function changeUser(wired: Wired, next: User, lease: Lease): Promise<User> {
  await endAll(wired, wired.book.signInsOf(next.id), lease);
  wired.desk.tellLoss();
  await wired.parts.store.updateUser(next, lease);
  wired.book.putUser(next);
  wired.desk.tellLoss();
  return next;
}

export function removeUser(wired: Wired, name: string): Promise<User> {
  return wired.desk.inTurn(async (lease) => {
    const user = userCalled(wired, name, 'removing');
    if (wired.book.isLastAdmin(user)) throw lastAdmin('removing', user.name);
    await wired.parts.store.removeUser(user.id, lease);
    wired.book.dropUser(user.id);
    wired.desk.tellLoss();
    return user;
  });
}

function userCalled({ book }: Wired, name: string, doing: string): User {
  const user = book.userNamed(name);
  if (user) return user;
  throw noSuchUser(doing, name);
}

type OwnPassword = Whence & { readonly old: string; readonly password: string };

/** A stolen sign-in must not be able to guess at the old one: it is counted like any other try. */
export async function changePassword(wired: Wired, caller: Caller, { old, password, ...whence }: OwnPassword): Promise<Welcome> {
  const before = ownUser(wired, caller);
  orFault(judgePassword(password, before.name));
  const { proof } = await prove(wired, { name: before.name, password: old, ...whence }, 'access.password');
  const next = await wired.passwords.hash(password);
  const welcome = await wired.desk.inTurn(async (lease) => {
    const user = ownUser(wired, caller);
    if (user.password !== proof || user.disabledAt !== null) throw notRight();
    const changed = await changeUser(wired, { ...user, password: next }, lease);
    return beginSignIn(wired, { lease, user: changed, whence });
  });
  await wired.auditor.record({ caller: welcome.caller, operation: 'access.password', named: '', outcome: 'done' });
  return welcome;
}

function ownUser({ book }: Wired, caller: Caller): User {
  const user = book.user(caller.user);
  if (caller.proof === 'token') throw notByToken('changing a password');
  if (user && caller.proof === 'sign-in') return user;
  throw new Fault('refused', 'changing a password: the caller is not signed in', 'sign in first, or use "rollcall user password NAME"');
}
