import { keyOf } from './keys.ts';

/** What somebody is typing. */
export interface AtCursor {
  /** null: no key yet. */
  readonly key: string | null;
  /** What there is of it before the cursor, without quotes. */
  readonly typed: string;
  /** Where it stands, up to the end of the value, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** The word, or the value of it, in which the cursor stands; null where nothing known can stand: behind a key that there is none of. */
export function wordAtCursor(text: string, cursor: number): AtCursor | null {
  const { start, value } = piecesBefore(text, cursor);
  const begin = text.charAt(start) === '-' && start < cursor ? start + 1 : start;
  const key = /^[a-z]+(?=:)/i.exec(text.slice(begin, cursor))?.[0];
  const to = endOf(text, cursor, value);
  if (key === undefined) return value > start ? null : { key: null, typed: unquoted(text.slice(begin, cursor)), from: begin, to };
  if (!keyOf(key.toLowerCase())) return null;
  const from = Math.max(value, begin + key.length + 1);
  return { key: key.toLowerCase(), typed: unquoted(text.slice(from, cursor)), from, to };
}

/** Where the word begins, and where the value in it does. */
function piecesBefore(text: string, cursor: number): { readonly start: number; readonly value: number } {
  let [start, value] = [0, 0];
  for (const at of outsideQuotes(text.slice(0, cursor), 0)) {
    if (text.charAt(at) === ',') value = at + 1;
    else if (/\s/u.test(text.charAt(at))) [start, value] = [at + 1, at + 1];
  }
  return { start, value };
}

/** Where the value ends in which the cursor stands. */
function endOf(text: string, cursor: number, value: number): number {
  for (const at of outsideQuotes(text, value)) if (at >= cursor && /[\s,]/u.test(text.charAt(at))) return at;
  return text.length;
}

/** Places of what stands in no quotes. */
function* outsideQuotes(text: string, from: number): Generator<number> {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const unit = text.charAt(at);
    if (quoted && unit === '\\') at++;
    else if (unit === '"') quoted = !quoted;
    else if (!quoted) yield at;
  }
}

/** As it reads so far; its quote may be open yet. */
const unquoted = (typed: string): string => typed.replace(/\\(.)|"/gsu, '$1');
