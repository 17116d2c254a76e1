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
export function judgeOrigin(method: string, headers: Headers): Refusal | undefined {
  const site = headers.get('sec-fetch-site');
  if (site === null) return originDiffers(headers) ? CROSS_SITE : undefined;
  if (site === 'same-origin' || site === 'none') return undefined;
  return isLink(method, headers) ? undefined : CROSS_SITE;
}

function isLink(method: string, headers: Headers): boolean {
  const reading = method === 'GET' || method === 'HEAD';
  return reading && headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document';
}

function originDiffers(headers: Headers): boolean {
  const origin = headers.get('origin');
  if (origin === null) return false;
  return URL.parse(origin)?.host !== headers.get('host')?.toLowerCase();
}
