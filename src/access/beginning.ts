import { type Lease, nobodyFrom, type SignIn, type User, type UserId, untrusted } from '../core/index.ts';
import type { Welcome, Whence } from './access.ts';
import { callerBySignIn, isOpen, LONGEST_SIGN_IN } from './rights.ts';
import { newSecret, SIGN_IN } from './secrets.ts';
import type { Wired } from './wired.ts';

/** Nobody has more browsers; a script that signs in for each request must not fill the memory. */
const MOST_SIGN_INS = 50;
const LONGEST_AGENT = 256;

interface Beginning {
  readonly lease: Lease;
  readonly user: User;
  readonly whence: Whence;
}

/** Somebody is in, by a secret made just now: whatever their browser showed before means nothing (S19, fixation). */
export async function beginSignIn(wired: Wired, { lease, user, whence: { from, agent } }: Beginning): Promise<Welcome> {
  const { parts, book, dice } = wired;
  const now = parts.clock.now();
  const { shown, digest } = newSecret(SIGN_IN, dice);
  const until = now + LONGEST_SIGN_IN;
  await endSurplus(wired, user.id, lease);
  const draft = { digest, user: user.id, at: now, seenAt: now, until, from, agent: untrusted(agent, LONGEST_AGENT), endedAt: null };
  const signIn = await parts.store.addSignIn(draft, lease);
  book.signIns.put(signIn);
  return { caller: callerBySignIn(signIn, user, { now, from }) ?? nobodyFrom(from), secret: shown, until };
}

/** Those not used for longest make way. */
async function endSurplus(wired: Wired, user: UserId, lease: Lease): Promise<void> {
  const now = wired.parts.clock.now();
  const open = wired.book.signInsOf(user).filter((one) => isOpen(one, now));
  const oldest = open.toSorted((a, b) => a.seenAt - b.seenAt || a.id - b.id);
  await endAll(wired, oldest.slice(0, Math.max(0, open.length - MOST_SIGN_INS + 1)), lease);
}

/** Ends them, all or none: whoever shows one of them from now on is nobody. */
export async function endAll({ parts, book }: Wired, signIns: readonly SignIn[], lease: Lease): Promise<void> {
  if (signIns.length === 0) return;
  const endedAt = parts.clock.now();
  await parts.store.updateSignIns(
    signIns.map((one) => ({ ...one, endedAt })),
    lease,
  );
  for (const { id } of signIns) book.signIns.drop(id);
}
