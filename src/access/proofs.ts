import { type Caller, Fault, LAST_MOMENT, orFault, type SignIn, type Token } from '../core/index.ts';
import type { TokenDraft } from './access.ts';
import { endAll } from './beginning.ts';
import { notByToken } from './faults.ts';
import { judgeTokenName, shown } from './names.ts';
import { isAdmin, isLive, isOpen } from './rights.ts';
import { newSecret, TOKEN } from './secrets.ts';
import type { Wired } from './wired.ts';

/** Each must be looked at when somebody lists them. */
const MOST_TOKENS = 100;
/** Characters of a token that are kept to tell it from others: 24 bits of 256. */
const HINT = TOKEN.length + 4;

/** What is the caller's own; an admin's is all. Nobody's is of the owner, who is an admin. */
const isTheirs = (caller: Caller, { user }: { readonly user: number | null }): boolean =>
  isAdmin(caller) || (caller.user !== null && caller.user === user);

export function signInsFor({ book, parts }: Wired, caller: Caller): readonly SignIn[] {
  const now = parts.clock.now();
  return book.signIns.all.filter((one) => isTheirs(caller, one) && isOpen(one, now));
}

export function endSignIn(wired: Wired, caller: Caller, id: number): Promise<SignIn> {
  refuseToken(caller, 'ending a sign-in');
  return wired.desk.inTurn(async (lease) => {
    const signIn = signInsFor(wired, caller).find((one) => one.id === id);
    if (!signIn)
      throw new Fault('not-found', `ending sign-in ${id}: there is none by that number, or it is over`, 'list those that are not over');
    await endAll(wired, [signIn], lease);
    wired.desk.tellLoss();
    return { ...signIn, endedAt: wired.parts.clock.now() };
  });
}

/** The sign-in the caller came by. */
export async function signOut(wired: Wired, caller: Caller): Promise<void> {
  const ended = await wired.desk.inTurn(async (lease) => {
    const signIn = caller.signIn === null ? undefined : wired.book.signIns.get(caller.signIn);
    if (!signIn || signIn.user !== caller.user) return false;
    await endAll(wired, [signIn], lease);
    wired.desk.tellLoss();
    return true;
  });
  if (ended) await wired.auditor.record({ caller, operation: 'access.signOut', named: '', outcome: 'done' });
}

export const tokensFor = ({ book }: Wired, caller: Caller): readonly Token[] => book.tokens.all.filter((one) => isTheirs(caller, one));

export function addToken(wired: Wired, caller: Caller, draft: TokenDraft): Promise<{ readonly token: Token; readonly secret: string }> {
  refuseToken(caller, 'adding a token');
  orFault(judgeTokenName(draft.name));
  const scopes = caller.scopes.filter((scope) => draft.scopes.includes(scope));
  const missing = draft.scopes.find((scope) => !scopes.includes(scope));
  if (missing !== undefined)
    throw new Fault('refused', `adding token ${shown(draft.name)}: its maker may not ${missing}`, 'give it scopes you have yourself');
  if (scopes.length === 0)
    throw new Fault('bad-input', `adding token ${shown(draft.name)}: it could do nothing`, 'give it at least one scope, like read');
  return wired.desk.inTurn(async (lease) => {
    const { parts, book, dice } = wired;
    const now = parts.clock.now();
    if (draft.until !== null && !(draft.until > now && draft.until <= LAST_MOMENT))
      throw new Fault(
        'bad-input',
        `adding token ${shown(draft.name)}: it would be over already, or never`,
        'name a moment to come; left out, it is valid until it is revoked',
      );
    refuseCrowd(wired, caller, draft.name);
    const { shown: secret, digest } = newSecret(TOKEN, dice);
    const state = { user: caller.user, madeAt: now, until: draft.until, usedAt: null, endedAt: null };
    const token = await parts.store.addToken({ name: draft.name, digest, hint: secret.slice(0, HINT), scopes, ...state }, lease);
    book.tokens.put(token);
    return { token, secret };
  });
}

function refuseCrowd({ book, parts }: Wired, { user }: Caller, name: string): void {
  const now = parts.clock.now();
  const live = book.tokens.all.filter((token) => token.user === user && isLive(token, now));
  if (live.some((token) => token.name === name))
    throw new Fault('conflict', `adding token ${shown(name)}: there is one by that name`, 'revoke that one first, or choose another name');
  if (live.length >= MOST_TOKENS)
    throw new Fault('refused', `adding token ${shown(name)}: there are ${live.length} already`, 'revoke those that nobody uses');
}

/** For good. One that was revoked before stays as it was. */
export function revokeToken(wired: Wired, caller: Caller, id: number): Promise<Token> {
  refuseToken(caller, 'revoking a token');
  return wired.desk.inTurn(async (lease) => {
    const token = tokensFor(wired, caller).find((one) => one.id === id);
    if (!token) throw new Fault('not-found', `revoking token ${id}: there is none by that number`, 'list them with "rollcall token list"');
    if (token.endedAt !== null) return token;
    const ended = { ...token, endedAt: wired.parts.clock.now() };
    await wired.parts.store.updateTokens([ended], lease);
    wired.book.tokens.put(ended);
    wired.desk.tellLoss();
    return ended;
  });
}

/** A token that may read must not make itself an heir, or end what it did not begin. */
function refuseToken(caller: Caller, doing: string): void {
  if (caller.proof === 'token' && !isAdmin(caller)) throw notByToken(doing);
}
