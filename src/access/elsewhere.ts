import { Fault, type Lease, nobodyFrom, type User } from '../core/index.ts';
import type { ElsewhereOrder, Welcome } from './access.ts';
import { beginSignIn, endAll } from './beginning.ts';
import { lastAdmin } from './faults.ts';
import { judgeName, nearestName, shown } from './names.ts';
import type { Wired } from './wired.ts';

/**
 * Somebody whom an identity provider knows, by issuer and subject; never by name, which others may have here (nobody takes over an account by being called so
 * elsewhere). What they are here for the provider says at each sign-in.
 */
export async function signInElsewhere(wired: Wired, order: ElsewhereOrder): Promise<Welcome> {
  const operation = 'access.signInElsewhere';
  try {
    const welcome = await wired.desk.inTurn(async (lease) => {
      const user = await userOf(wired, order, lease);
      return beginSignIn(wired, { lease, user, whence: order });
    });
    await wired.auditor.record({ caller: welcome.caller, operation, named: '', outcome: 'done' });
    return welcome;
  } catch (fault) {
    if (fault instanceof Fault) {
      const named = `subject ${shown(order.subject)} of ${shown(order.issuer)}`;
      void wired.auditor.record({ caller: nobodyFrom(order.from), operation, named, outcome: 'refused' });
    }
    throw fault;
  }
}

async function userOf(wired: Wired, order: ElsewhereOrder, lease: Lease): Promise<User> {
  const { book, parts } = wired;
  const subject = subjectOf(order);
  const known = book.userKnownAs(subject);
  if (known?.disabledAt === null) return withRole(wired, known, { role: order.role, lease });
  if (known) throw new Fault('refused', 'signing in: this user may not come in here', 'ask an admin of this Rollcall');
  const name = nearestName(order.name, (wish) => !judgeName(wish).ok || book.userNamed(wish) !== undefined);
  const draft = { name, role: order.role, password: null, subject, madeAt: parts.clock.now(), disabledAt: null };
  const user = await parts.store.addUser(draft, lease);
  book.putUser(user);
  wired.links.void();
  return user;
}

async function withRole(wired: Wired, user: User, { role, lease }: { readonly role: User['role']; readonly lease: Lease }): Promise<User> {
  if (user.role === role) return user;
  if (wired.book.isLastAdmin(user)) throw lastAdmin('changing', user.name);
  await endAll(wired, wired.book.signInsOf(user.id), lease);
  const changed = { ...user, role };
  await wired.parts.store.updateUser(changed, lease);
  wired.book.putUser(changed);
  wired.desk.tellLoss();
  return changed;
}

/** No issuer is a URL with a space in it, so that no two pairs are the same text. */
function subjectOf({ issuer, subject }: ElsewhereOrder): string {
  if (
    issuer !== '' &&
    subject !== '' &&
    !/[\s\p{Cc}]/u.test(issuer) &&
    !/\p{Cc}/u.test(subject) &&
    issuer.length + subject.length <= LONGEST
  )
    return `${issuer} ${subject}`;
  throw new Fault('bad-input', 'signing in: what the identity provider says is no subject', 'look into its log');
}

const LONGEST = 2048;
