import { type Permit, permitOf } from '../../api/index.ts';
import type { Permission } from '../../contract/index.ts';
import type { Standing } from '../callers/caller.ts';
import type { Refusal } from '../refusal.ts';

/** Turns away whoever may not ask for something: 401 when nobody knows who it is, 403 when it is known. */
export function judgeScope({ caller, shown }: Standing, permission: Pick<Permission, 'scope'>): Refusal | undefined {
  const permit = permitOf(caller, permission);
  if (permit.may) return undefined;
  return permit.because === 'unknown' ? unknownCaller(shown) : notAllowed(permit);
}

const notAllowed = ({ scope }: Extract<Permit, { because: 'scope' }>): Refusal => ({
  status: 403,
  code: 'refused',
  message: `judging the caller: it may not ${scope}`,
  remedy: `ask with a user or token that has "${scope}"`,
});

function unknownCaller(shown: boolean): Refusal {
  return {
    status: 401,
    code: 'unauthorized',
    message: shown
      ? 'recognising the caller: what it shows is not known, or not any more'
      : 'recognising the caller: there is neither a token nor a sign-in',
    remedy: 'sign in, or send "Authorization: Bearer TOKEN"; rollcall token prints one',
    headers: { 'www-authenticate': shown ? 'Bearer realm="rollcall", error="invalid_token"' : 'Bearer realm="rollcall"' },
  };
}
