import { type Lease, nobodyFrom, type User } from '../core/index.ts';
import type { SignInOrder, Welcome } from './access.ts';
import { beginSignIn } from './beginning.ts';
import { notRight, tooOften } from './faults.ts';
import type { Wired } from './wired.ts';

/** A user whose password was right, and what proved it. */
interface Proved {
  readonly user: User;
  readonly proof: string;
}

export async function signIn(wired: Wired, order: SignInOrder): Promise<Welcome> {
  const proved = await prove(wired, order, 'access.signIn');
  const renewed = await renewedProof(wired, order.password, proved.proof);
  const welcome = await wired.desk.inTurn(async (lease) => {
    const user = await stillProved(wired, { lease, proved, renewed });
    return beginSignIn(wired, { lease, user, whence: order });
  });
  await wired.auditor.record({ caller: welcome.caller, operation: 'access.signIn', named: '', outcome: 'done' });
  return welcome;
}

/** Whose password it is; what is wrong is counted and kept. Nobody else's answer, or its time, tells whether there is such a user (S17). */
export async function prove(wired: Wired, { name, password, from }: SignInOrder, operation: string): Promise<Proved> {
  const { limits, passwords, parts, book } = wired;
  const leave = limits.ask(name, from, parts.clock.monotonic());
  if (!leave.given) throw tooOften(leave.wait);
  const user = book.userNamed(name);
  const proof = user?.disabledAt === null ? user.password : null;
  const right = await passwords.proves(password, proof).catch((fault: unknown) => {
    leave.attempt.neither();
    throw fault;
  });
  if (right && user && proof !== null) {
    leave.attempt.right();
    return { user, proof };
  }
  leave.attempt.wrong(parts.clock.monotonic());
  // People type a password where the name belongs: what is no name of anybody's is not kept.
  const named = user ? `user ${user.name}` : 'a name that nobody has';
  void wired.auditor.record({ caller: nobodyFrom(from), operation, named, outcome: 'refused' });
  throw notRight();
}

/** Made anew where it was made at a lower cost, so that all are as strong as is advised today; null: not needed, or not now. */
async function renewedProof({ passwords }: Wired, password: string, proof: string): Promise<string | null> {
  return passwords.isOutdated(proof) ? passwords.hash(password).catch(() => null) : null;
}

interface Again {
  readonly lease: Lease;
  readonly proved: Proved;
  readonly renewed: string | null;
}

/** Who was changed while their password was checked does not come in by the old one (S19). */
async function stillProved({ book, parts }: Wired, { lease, proved, renewed }: Again): Promise<User> {
  const user = book.user(proved.user.id);
  if (user === undefined || user.password !== proved.proof || user.disabledAt !== null) throw notRight();
  if (renewed === null) return user;
  const stronger = { ...user, password: renewed };
  await parts.store.updateUser(stronger, lease);
  book.putUser(stronger);
  return stronger;
}
