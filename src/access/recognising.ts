import type { Caller, Scope } from '../core/index.ts';
import type { Recognised, Shown } from './access.ts';
import { callerBySignIn, callerByToken, localCaller } from './rights.ts';
import { digestOf, sameDigest } from './secrets.ts';
import type { Wired } from './wired.ts';

/** Who it is, by what they show. Digests of secrets nobody can guess are looked up, so that neither time nor length tells anything of one. */
export function recognise(wired: Wired, { cookie, bearer, from }: Shown): Recognised {
  if (bearer !== null) return byToken(wired, bearer, from);
  return cookie === null ? null : bySignIn(wired, cookie, from);
}

function byToken({ book, parts, touches }: Wired, bearer: string, from: string | null): Recognised {
  const digest = digestOf(bearer);
  if (parts.local !== undefined && sameDigest(digest, digestOf(parts.local))) return localCaller(from);
  const token = book.tokens.shownBy(digest);
  if (!token || !sameDigest(digest, token.digest)) return null;
  const now = parts.clock.now();
  const caller = callerByToken(token, book.user(token.user), { now, from });
  if (caller) touches.token(token, now);
  return caller;
}

function bySignIn({ book, parts, touches }: Wired, cookie: string, from: string | null): Recognised {
  const digest = digestOf(cookie);
  const signIn = book.signIns.shownBy(digest);
  if (!signIn || !sameDigest(digest, signIn.digest)) return null;
  const now = parts.clock.now();
  const caller = callerBySignIn(signIn, book.user(signIn.user), { now, from });
  if (caller) touches.signIn(signIn, now);
  return caller;
}

/** Whether it would be the same caller with the same rights, had they come just now. */
export function stands(wired: Wired, caller: Caller): boolean {
  if (caller.proof === 'socket') return true;
  const again = caller.proof === 'sign-in' ? signInAgain(wired, caller) : caller.proof === 'token' ? tokenAgain(wired, caller) : null;
  return again !== null && again.user === caller.user && sameScopes(again.scopes, caller.scopes);
}

function signInAgain({ book, parts }: Wired, { signIn, from }: Caller): Recognised {
  const known = signIn === null ? undefined : book.signIns.get(signIn);
  return known ? callerBySignIn(known, book.user(known.user), { now: parts.clock.now(), from }) : null;
}

/** Of those that are not over no two of one user have one name. */
function tokenAgain({ book, parts }: Wired, { name, user, from }: Caller): Recognised {
  const local = localCaller(from);
  if (user === null && name === local.name) return parts.local === undefined ? null : local;
  const now = parts.clock.now();
  const callers = book.tokens.all
    .filter((token) => token.user === user)
    .map((token) => callerByToken(token, book.user(user), { now, from }));
  return callers.find((one) => one?.name === name) ?? null;
}

const sameScopes = (a: readonly Scope[], b: readonly Scope[]): boolean => a.length === b.length && a.every((scope) => b.includes(scope));
