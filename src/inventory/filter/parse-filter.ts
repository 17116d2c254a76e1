import { bad, good, nearest, type Result } from '../../core/index.ts';
import { bareWord } from './bare-word.ts';
import type { Filter, Fits, Term } from './filter.ts';
import { FILTER_KEYS, keyOf } from './keys.ts';
import { pointedAt } from './pointed-at.ts';
import { type BadWord, splitWords, type Word } from './split-words.ts';

/** Longest filter read, in UTF-16 units. */
export const FILTER_CAP = 1000;

/**
 * Reads "group:iot presence:away,unknown -tag:ok printer". Words are joined by "and", values of one word (by comma) by "or"; a
 * dash in front negates, quotes keep spaces. What cannot be read is named, with its column, a line that points at it, and a remedy.
 */
export function parseFilter(text: string): Result<Filter> {
  if (text.length > FILTER_CAP) return bad(TOO_LONG, SHORTER);
  const words = readWords(text);
  if (!Array.isArray(words)) return unreadable(text, words as BadWord);
  const read = words as readonly Read[];
  return good({ terms: read.map(({ term }) => term), tests: read.map(({ fits }) => fits) });
}

/** The first word that cannot be read, by its place in UTF-16 units; null: all of them can. */
export function wrongIn(text: string): { from: number; to: number; reason: string; remedy: string } | null {
  if (text.length > FILTER_CAP) return { from: FILTER_CAP, to: text.length, reason: TOO_LONG, remedy: SHORTER };
  const words = readWords(text);
  if (Array.isArray(words)) return null;
  const { raw, at, reason, remedy } = words as BadWord;
  return { from: at, to: at + raw.length, reason, remedy };
}

const TOO_LONG = `reading filter: it is longer than ${FILTER_CAP} characters`;
const SHORTER = 'write a shorter one';

interface Read {
  readonly term: Term;
  readonly fits: Fits;
}

/** Every word and what it asks; or the first that asks nothing. */
function readWords(text: string): readonly Read[] | BadWord {
  const words = splitWords(text);
  if (!Array.isArray(words)) return words as BadWord;
  const read: Read[] = [];
  for (const word of words as readonly Word[]) {
    const { raw, at, negated, key, values } = word;
    const fits = fitsOf(word);
    if (!fits.ok) return { raw, at, reason: fits.reason, remedy: fits.remedy };
    read.push({ term: { negated, key, values }, fits: fits.value });
  }
  return read;
}

const unreadable = (text: string, word: BadWord): Result<never> => bad(pointedAt(text, word), word.remedy);

function fitsOf({ key, values, negated }: Word): Result<Fits> {
  const read = key === null ? (value: string): Result<Fits> => good(bareWord(value)) : keyOf(key);
  if (!read) return unknownKey(key as string);
  const each: Fits[] = [];
  for (const value of values) {
    const one = read(value);
    if (!one.ok) return one;
    each.push(one.value);
  }
  return good((device, asked) => each.some((fits) => fits(device, asked)) !== negated);
}

function unknownKey(key: string): Result<never> {
  const guess = nearest(key, FILTER_KEYS);
  const others = `the keys are ${FILTER_KEYS.join(', ')}; quote a word that is meant as it stands`;
  return bad('there is no such key', guess === undefined ? others : `did you mean ${guess}:?`);
}
