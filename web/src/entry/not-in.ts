import { entry } from '../texts/en/entry.ts';

/** Why somebody who came back from their identity provider is not in. */
export type NotIn = keyof typeof entry.notInBecause;

const QUERY = 'not-in';

/** The reason in the address, if it is one that we give: anybody can write an address. */
export function notInBy(search: string): NotIn | null {
  const word = new URLSearchParams(search).get(QUERY) ?? '';
  return Object.hasOwn(entry.notInBecause, word) ? (word as NotIn) : null;
}

/** The way to the provider, and from there back to the page that was asked for. */
export function elsewhereHref({ pathname, search }: { readonly pathname: string; readonly search: string }): string {
  const query = new URLSearchParams(search);
  query.delete(QUERY);
  const to = query.size === 0 ? pathname : `${pathname}?${query}`;
  return to === '/' ? '/sign-in/oidc' : `/sign-in/oidc?${new URLSearchParams({ to })}`;
}
