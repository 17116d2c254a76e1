import { visible } from '../../terminal/visible.ts';
import type { Word } from '../words.ts';

/**
 * Foreign text for Markdown: a code span, in which nothing links, mentions, loads or ends. What could close the span or
 * the cell of a table is shown by its number, as everything else that is dangerous to show.
 */
export function codeSpan(text: string): string {
  const safe = visible(text).replace(/[`|]/g, (sign) => `\\u{${sign.charCodeAt(0).toString(16)}}`);
  return safe.trim() === '' ? '-' : `\`${safe}\``;
}

/** Words for a line or the cell of a table: ours as they are, foreign ones as code. */
export function markdownWords(words: readonly Word[]): string {
  return words.map((word) => (typeof word === 'string' ? ours(word) : codeSpan(word.foreign))).join('');
}

/** Our own words hold nothing hostile, but signs that Markdown would take for its own. */
const ours = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`).replace(/ {2,}/g, ' ');
