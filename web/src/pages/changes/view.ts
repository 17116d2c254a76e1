/** The ways to look at changes. */
export const VIEWS = ['stream', 'past', 'compare'] as const;

export type View = (typeof VIEWS)[number];

/** The view that an address means. */
export const viewOf = (search: URLSearchParams): View => VIEWS.find((view) => view === search.get('view')) ?? 'stream';

/** The same address with some of its words said otherwise; null takes one away. */
export function withWords(search: URLSearchParams, words: Readonly<Record<string, string | null>>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [key, value] of Object.entries(words)) {
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  return next;
}
