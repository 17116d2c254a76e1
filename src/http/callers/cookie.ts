import type { Cookies } from '../../api/index.ts';

/**
 * A browser keeps a name with `__Host-` only from an encrypted page of this very host, so that no neighbour can plant one. Over plain
 * HTTP, on this machine only, there is no such promise, and the name says so.
 */
export const cookieName = (secure: boolean): string => (secure ? '__Host-rollcall' : 'rollcall');

/** What we hand out: text without anything that could end a cookie. */
const SECRET = /^[\w.~-]{1,256}$/;

/** The secret a browser shows; null: none, or more than one, as then somebody else may have set one of them. */
export function cookieIn(headers: Headers, secure: boolean): string | null {
  const name = `${cookieName(secure)}=`;
  const shown = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(name));
  const secret = shown[0]?.slice(name.length);
  return shown.length === 1 && secret !== undefined && SECRET.test(secret) ? secret : null;
}

/** What an operation did to the cookie, written as a header by whoever answers. */
export interface CookieWriter extends Cookies {
  /** null: nothing was done to it. */
  header(): string | null;
}

export function cookieWriter(secure: boolean, now: () => number): CookieWriter {
  const terms = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  const name = cookieName(secure);
  let written: string | null = null;
  return {
    set(secret, until) {
      if (!SECRET.test(secret)) throw new TypeError('a secret for a cookie holds other characters than ours');
      written = `${name}=${secret}; Max-Age=${Math.max(0, Math.floor((until - now()) / 1000))}; ${terms}`;
    },
    clear() {
      written = `${name}=; Max-Age=0; ${terms}`;
    },
    header: () => written,
  };
}
