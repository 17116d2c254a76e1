const STARS = '***';

/** The path of a request without what is secret of it: all that comes after the host of a URL that is. */
export function shownPath({ origin, pathname, search }: URL, secrets: readonly string[]): string {
  const path = `${pathname}${search}`;
  const known = secrets
    .flatMap((secret) => (URL.canParse(secret) ? [new URL(secret)] : []))
    .filter((secret) => secret.origin === origin && secret.pathname.length + secret.search.length > 1)
    .find((secret) => path.startsWith(secret.pathname));
  return known === undefined ? path : `/${STARS}`;
}

/** Headers without those whose text is secret, and without what anybody is let in by. */
export function shownHeaders(headers: Readonly<Record<string, string>>, secrets: readonly string[]): Record<string, string> {
  const secret = new Set(secrets);
  const shown = (name: string, value: string): string => {
    const [, scheme = '', word = value] = /^(\S+ )(\S+)$/.exec(value) ?? [];
    if (secret.has(value)) return isScheme(scheme) ? `${scheme}${STARS}` : STARS;
    return name.toLowerCase() === 'authorization' || (isScheme(scheme) && secret.has(word)) ? `${scheme}${STARS}` : value;
  };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, shown(name, value)]));
}

const isScheme = (text: string): boolean => /^[A-Za-z-]{3,15} $/.test(text);
