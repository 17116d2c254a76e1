import { createHash, timingSafeEqual } from 'node:crypto';
import type { Refusal } from '../refusal.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A judge of Authorization headers. Digests are compared, so neither time nor length tells anything about the token. */
export function tokenJudge(token: string): (authorization: string | null) => Refusal | undefined {
  const expected = digest(token);
  return (authorization) => {
    const given = /^Bearer +(?<token>\S+)$/i.exec(authorization ?? '')?.groups?.token;
    return timingSafeEqual(digest(given ?? ''), expected) && given !== undefined ? undefined : unknownCaller(given);
  };
}

function unknownCaller(given: string | undefined): Refusal {
  return {
    status: 401,
    code: 'unauthorized',
    message:
      given === undefined ? 'recognising the caller: there is no bearer token' : 'recognising the caller: the token is not the right one',
    remedy: 'send "Authorization: Bearer TOKEN"; rollcall token prints it',
    headers: { 'www-authenticate': given === undefined ? 'Bearer realm="rollcall"' : 'Bearer realm="rollcall", error="invalid_token"' },
  };
}
