import { LIFE } from './transactions.ts';

/**
 * Tells the browser that began from all others. Lax, not Strict: it is to be shown when the provider's page leads back to us. As with the
 * cookie of a sign-in, `__Host-` keeps neighbours from planting one.
 */
const nameOf = (secure: boolean): string => (secure ? '__Host-rollcall-way' : 'rollcall-way');

const SECRET = /^[\w-]{22,128}$/;

/** null: none, or more than one. */
export function browserIn(headers: Headers, secure: boolean): string | null {
  const start = `${nameOf(secure)}=`;
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const [secret, ...others] = pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length));
  return secret !== undefined && others.length === 0 && SECRET.test(secret) ? secret : null;
}

const termsOf = (secure: boolean): string => `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

export const browserCookie = (secret: string, secure: boolean): string =>
  `${nameOf(secure)}=${secret}; Max-Age=${LIFE / 1000}; ${termsOf(secure)}`;

export const noBrowserCookie = (secure: boolean): string => `${nameOf(secure)}=; Max-Age=0; ${termsOf(secure)}`;
