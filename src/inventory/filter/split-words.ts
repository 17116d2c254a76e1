import { foreignWord } from './foreign-words.ts';

/** A word as typed, before anybody knows what it means. */
export interface Word {
  readonly raw: string;
  /** Where it begins in the text, in UTF-16 units from 0. */
  readonly at: number;
  readonly negated: boolean;
  readonly key: string | null;
  readonly values: readonly string[];
}

/** A word that cannot be read. */
export interface BadWord {
  readonly raw: string;
  readonly at: number;
  readonly reason: string;
  readonly remedy: string;
}

// Quotes keep spaces and commas; in them \" and \\ stand for themselves.
const PIECE = /"(?:[^"\\]|\\.)*"|[^\s"]/suy;
const VALUE_PIECE = /"(?:[^"\\]|\\.)*"|,|[^",]+/su;
const KEY = /^[a-z]+(?=:)/i;
/** What is a MAC or an IPv6 address, or the beginning of one, and no key. */
const HEX = /^[0-9a-f]{0,4}(?::[0-9a-f.]{0,15})+$/i;

/** The words of a filter, in order; or the first that cannot be read. */
export function splitWords(text: string): readonly Word[] | BadWord {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/u.test(text.charAt(at))) {
      at++;
      continue;
    }
    const raw = rawWord(text, at);
    if (raw === null) return { raw: text.slice(at), at, reason: 'its quote is not closed', remedy: 'close it with "' };
    const word = wordOf(raw, at);
    if ('reason' in word) return word;
    words.push(word);
    at += raw.length;
  }
  return words;
}

/** The text up to the next space outside quotes; null when a quote is not closed. */
function rawWord(text: string, start: number): string | null {
  let end = start;
  for (;;) {
    PIECE.lastIndex = end;
    const piece = PIECE.exec(text);
    if (!piece) return text.charAt(end) === '"' ? null : text.slice(start, end);
    end += piece[0].length;
  }
}

function wordOf(raw: string, at: number): Word | BadWord {
  const negated = raw.startsWith('-');
  const rest = negated ? raw.slice(1) : raw;
  const isHex = HEX.test(rest);
  const key = isHex ? null : (KEY.exec(rest)?.[0] ?? null);
  const foreign = foreignWord(raw, key === null && !isHex);
  if (foreign) return { raw, at, ...foreign };
  const values = valuesOf(key === null ? rest : rest.slice(key.length + 1));
  if (!values.includes('')) return { raw, at, negated, key: key && key.toLowerCase(), values };
  const reason = key === null && rest === '' ? 'nothing follows the dash' : 'a value is missing';
  return { raw, at, reason, remedy: 'write it like group:iot, or several like group:iot,guests' };
}

function valuesOf(text: string): string[] {
  const values = [''];
  const pieces = text.match(new RegExp(VALUE_PIECE, 'gsu')) ?? [];
  for (const piece of pieces) {
    if (piece === ',') values.push('');
    else values.push(`${values.pop() ?? ''}${piece.startsWith('"') ? piece.slice(1, -1).replace(/\\(.)/gsu, '$1') : piece}`);
  }
  return values;
}
