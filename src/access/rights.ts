import { type Caller, type Instant, type Millis, SCOPES, SCOPES_OF, type SignIn, type Token, type User } from '../core/index.ts';

const DAY: Millis = 86_400_000;
/** A sign-in ends after this long, whatever happens. */
export const LONGEST_SIGN_IN: Millis = 30 * DAY;
/** A sign-in that nobody used for this long is over. */
export const IDLE_SIGN_IN: Millis = 7 * DAY;

export const isOpen = ({ endedAt, until, seenAt }: SignIn, now: Instant): boolean =>
  endedAt === null && now < until && now < seenAt + IDLE_SIGN_IN;

export const isLive = ({ endedAt, until }: Token, now: Instant): boolean => endedAt === null && (until === null || now < until);

/** Who comes in by a sign-in; null: nobody. */
export function callerBySignIn(
  signIn: SignIn,
  user: User | undefined,
  at: { readonly now: Instant; readonly from: string | null },
): Caller | null {
  if (user?.disabledAt !== null || !isOpen(signIn, at.now)) return null;
  return { name: user.name, user: user.id, scopes: SCOPES_OF[user.role], proof: 'sign-in', from: at.from, signIn: signIn.id };
}

/** Who comes in by a token: what it may, and never more than its user; null: nobody. */
export function callerByToken(
  token: Token,
  user: User | undefined,
  at: { readonly now: Instant; readonly from: string | null },
): Caller | null {
  if (!isLive(token, at.now)) return null;
  const rights = token.user === null ? SCOPES : user?.disabledAt === null ? SCOPES_OF[user.role] : null;
  if (rights === null) return null;
  const scopes = token.scopes.filter((scope) => rights.includes(scope));
  return { name: tokenCalled(token, user), user: token.user, scopes, proof: 'token', from: at.from, signIn: null };
}

/** What a token is called in the audit: no user can be called so. */
export const tokenCalled = ({ name }: Token, user: User | undefined): string => `${user?.name ?? 'owner'}/${name}`;

/** Programs of this machine's owner, by the secret in the state folder. */
export const localCaller = (from: string | null): Caller => ({
  name: 'local',
  user: null,
  scopes: SCOPES,
  proof: 'token',
  from,
  signIn: null,
});

/** Whether a caller may see and end what is others'. */
export const isAdmin = ({ scopes }: Caller): boolean => scopes.includes('admin');
