/** On every response, refusals included: nothing here is a page, a frame, a script or worth keeping in a cache. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** Over our own TLS: a browser that trusted this name once never comes to it in the clear. It heeds that only where it trusts the certificate. */
export const ONLY_ENCRYPTED = ['strict-transport-security', 'max-age=31536000'] as const;
