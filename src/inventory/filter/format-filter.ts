import type { Filter, Term } from './filter.ts';
import { foreignWord } from './foreign-words.ts';

/** The filter as text that {@link parseFilter} reads back. */
export const formatFilter = ({ terms }: Pick<Filter, 'terms'>): string => terms.map(formatTerm).join(' ');

function formatTerm({ negated, key, values }: Term): string {
  const text = values.map((value) => (needsQuotes(value, key) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value)).join(',');
  return `${negated ? '-' : ''}${key === null ? '' : `${key}:`}${text}`;
}

/** A bare word that begins with a dash, holds a colon or looks like one of another tool would be taken for something else. */
const needsQuotes = (value: string, key: string | null): boolean =>
  /[\s",]/u.test(value) || (key === null && (/^-|:/.test(value) || foreignWord(value, true) !== null));
