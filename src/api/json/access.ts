import type { AuditJson, MeJson, SignInJson, TokenJson, UserJson } from '../../contract/index.ts';
import type { AuditEntry, Caller, SignIn, Token, User } from '../../core/index.ts';
import type { ApiContext } from '../context.ts';
import { instantOrNull, instantToJson } from '../moment.ts';

type Access = ApiContext['access'];

export const meToJson = (access: Access, caller: Caller): MeJson => ({
  name: caller.name,
  role: caller.proof === 'sign-in' ? (access.userOf(caller)?.role ?? null) : null,
  scopes: [...caller.scopes],
  proof: caller.proof,
  signIn: caller.signIn,
  setUp: access.isSetUp(),
  elsewhere: access.elsewhere,
  elsewhereLabel: access.elsewhereLabel,
});

/** `signIns`: those of the user that are not over. What proves the password stays here. */
export const userToJson = ({ password, subject, ...user }: User, signIns: readonly SignIn[]): UserJson => ({
  id: user.id,
  name: user.name,
  role: user.role,
  madeAt: instantToJson(user.madeAt),
  disabledAt: instantOrNull(user.disabledAt),
  password: password !== null,
  subject,
  signIns: signIns.length,
  seenAt: signIns.length === 0 ? null : instantToJson(Math.max(...signIns.map(({ seenAt }) => seenAt))),
});

export const signInToJson = (access: Access, { id, user, at, seenAt, until, from, agent }: SignIn, caller: Caller): SignInJson => ({
  id,
  user: access.nameOf(user) ?? `user ${user}`,
  at: instantToJson(at),
  seenAt: instantToJson(seenAt),
  until: instantToJson(until),
  from,
  agent,
  own: id === caller.signIn,
});

/** What proves it stays here. */
export const tokenToJson = (access: Access, { id, name, user, hint, scopes, madeAt, until, usedAt, endedAt }: Token): TokenJson => ({
  id,
  name,
  user: user === null ? null : (access.nameOf(user) ?? `user ${user}`),
  hint,
  scopes: [...scopes],
  madeAt: instantToJson(madeAt),
  until: instantOrNull(until),
  usedAt: instantOrNull(usedAt),
  endedAt: instantOrNull(endedAt),
});

export const auditToJson = ({ id, at, who, proof, from, operation, named, outcome }: AuditEntry): AuditJson => ({
  id,
  at: instantToJson(at),
  who,
  proof,
  from,
  operation,
  named,
  outcome,
});
