import { bad, good, type Result } from '../../core/index.ts';

/** One word of a filter: "port:22,80", "-tag:ok", "anna". */
export interface Word {
  readonly negated: boolean;
  /** null for a bare word. */
  readonly key: string | null;
  /** The alternatives after the key, split at commas outside quotes; of a bare word the word itself. Never empty. */
  readonly values: readonly string[];
  /** As typed, for messages. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly column: number;
}

/** A filter as typed, word by word. Quotes hold spaces, commas and colons together; a backslash in them takes the next character as it is. */
export function wordsOf(filter: string): Result<readonly Word[]> {
  const words: Word[] = [];
  let at = 0;
  while (at < filter.length) {
    if (/\s/.test(filter[at] as string)) {
      at++;
      continue;
    }
    const end = endOf(filter, at);
    const text = filter.slice(at, end);
    if (isOpen(text)) return refused({ text, column: at + 1 }, 'its quotes are not closed', 'close them with "');
    const word = wordOf(text, at + 1);
    if (word.values.some((value) => value === '')) return refused(word, 'it says nothing', 'write a value behind it, like presence:away');
    words.push(word);
    at = end;
  }
  return good(words);
}

/** A fault that names the word and where it stands. */
export function refused({ text, column }: Pick<Word, 'text' | 'column'>, reason: string, remedy: string): Result<never> {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
  return bad(`reading filter: ${shown} at column ${column}: ${reason}`, remedy);
}

function endOf(filter: string, from: number): number {
  let quoted = false;
  for (let at = from; at < filter.length; at++) {
    const letter = filter[at] as string;
    if (letter === '\\' && quoted) at++;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(letter)) return at;
  }
  return filter.length;
}

const QUOTED = /"(?:[^"\\]|\\[^])*"/g;

const isOpen = (text: string): boolean => text.replace(QUOTED, '').includes('"');

function wordOf(text: string, column: number): Word {
  const negated = text.startsWith('-') && text.length > 1;
  const said = negated ? text.slice(1) : text;
  // An IPv6 or hardware address has colons, too.
  const key = /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4})+$/i.test(said) ? undefined : /^([a-z]+):/i.exec(said)?.[1];
  if (key === undefined) return { negated, key: null, values: [bare(said)], text, column };
  return { negated, key: key.toLowerCase(), values: alternatives(said.slice(key.length + 1)), text, column };
}

function alternatives(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\[^])*"|[^,"])+|(?<=,|^)(?=,|$)/g) ?? [''];
  return parts.map(bare);
}

/** Without its quotes. */
const bare = (text: string): string => text.replace(QUOTED, (quoted) => quoted.slice(1, -1).replace(/\\([^])/g, '$1'));
