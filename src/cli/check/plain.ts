import { visible } from '../terminal/visible.ts';

/**
 * What stands in the output of a plugin is handed on: through macros into shells of notification scripts, into web pages and mails.
 * So nothing of a name from the network may mean anything anywhere: only letters, digits and these signs stay.
 */
const FOREIGN = /[^\p{L}\p{N} ._:,@+/-]/gu;

/** Longest name. */
const LONGEST = 60;

/** A name from the network. */
export const foreign = (text: string): string => harmless(text, LONGEST);

/** Longest reason. */
const SENTENCE = 160;

/** A reason that may quote the network. */
export const foreignReason = (text: string): string => harmless(text, SENTENCE);

function harmless(text: string, most: number): string {
  const clean = text.normalize('NFC').replace(FOREIGN, '?').trim();
  return clean.length > most ? `${clean.slice(0, most - 3).replace(/[\uD800-\uDBFF]$/, '')}...` : clean;
}

/** Our own words, which may quote what an operator typed: one line, no sign that ends the text of a plugin, none that ends a quoted word. */
export const ownWords = (text: string): string =>
  visible(text.replace(/\s*[\r\n]+\s*/g, ', '))
    .replace(/["`$]/g, "'")
    .replaceAll('|', '/');

/** Names told one by one. */
const TOLD = 5;

/** "a, b, c and 4 more" */
export function few(names: readonly string[], most = TOLD): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
