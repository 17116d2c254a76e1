import type { Way } from '../callers/way.ts';
import type { Refusal } from '../refusal.ts';

const CROSS_SITE: Refusal = {
  status: 403,
  code: 'refused',
  message: 'answering a web page of another site: it may not use this interface',
  remedy: 'call it from a program, or from a page of the same origin',
};

/**
 * Turns away what a browser sends on behalf of another site (sibling ports and sandboxed pages included).
 * Following a link is all such a page may cause; programs send none of these headers.
 */
export function judgeOrigin(method: string, headers: Headers, way: Way): Refusal | undefined {
  const site = headers.get('sec-fetch-site');
  if (site === null) return originDiffers(headers, way) ? CROSS_SITE : undefined;
  if (site === 'same-origin' || site === 'none') return undefined;
  return isLink(method, headers) ? undefined : CROSS_SITE;
}

/**
 * A cookie is shown by the browser, not by whoever made it ask. So where one counts, what changes something must also prove that a
 * page of ours asked; to be silent about it is no proof.
 */
export function judgeCookieOrigin(method: string, headers: Headers, way: Way): Refusal | undefined {
  if (isReading(method)) return undefined;
  const site = headers.get('sec-fetch-site');
  const proven = site === null ? headers.get('origin') !== null && !originDiffers(headers, way) : site === 'same-origin';
  return proven ? undefined : UNPROVEN;
}

const UNPROVEN: Refusal = {
  status: 403,
  code: 'refused',
  message: 'changing something for a browser: it does not say that a page of this origin asked for it',
  remedy: 'use a browser of today, or a program with a token of its own',
};

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

const isLink = (method: string, headers: Headers): boolean =>
  isReading(method) && headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document';

function originDiffers(headers: Headers, { secure, host }: Way): boolean {
  const origin = headers.get('origin');
  if (origin === null) return false;
  const url = URL.parse(origin);
  // An unencrypted page of the same name may be anybody's on the way.
  return url?.host !== host?.toLowerCase() || (secure && url?.protocol !== 'https:');
}
