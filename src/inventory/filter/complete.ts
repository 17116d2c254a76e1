import { fold } from './fold.ts';
import { formatFilter } from './format-filter.ts';
import { KEY_WORDS } from './key-words.ts';
import { FILTER_KEYS } from './keys.ts';
import type { KnownValue } from './known-values.ts';
import { FILTER_CAP, parseFilter } from './parse-filter.ts';
import { type AtCursor, wordAtCursor } from './word-at-cursor.ts';

/** Choices told at once. */
export const MOST_CHOICES = 50;

/** One way to go on. */
export interface Choice {
  /** Takes the place of the text between `from` and `to`. */
  readonly insert: string;
  /** As it is shown: foreign text. */
  readonly label: string;
  readonly about: string;
  /** Devices that have it now; null: it is a key. */
  readonly count: number | null;
}

export interface Completion {
  /** Places in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly choices: readonly Choice[];
}

/** What is known now of a key, most used first; of null the names. */
export type Known = (key: string) => readonly KnownValue[];

/**
 * How the word under the cursor may go on: keys that begin so, values that hold what was typed. Whatever is chosen makes a word
 * that can be read: what would not is left out.
 */
export function completeFilter(text: string, cursor: number, known: Known): Completion {
  const word = wordAtCursor(text, Math.max(0, Math.min(cursor, text.length)));
  if (word === null || text.length > FILTER_CAP) return { from: cursor, to: cursor, choices: [] };
  const { from, to } = word;
  const fits = ({ insert }: Choice): boolean => text.length - (to - from) + insert.length <= FILTER_CAP && reads(word, insert);
  const choices: Choice[] = [];
  for (const choice of word.key === null ? bareChoices(word.typed, known) : valueChoices(word.key, word.typed, known)) {
    if (choices.length === MOST_CHOICES) break;
    if (fits(choice)) choices.push(choice);
  }
  return { from, to, choices };
}

/** A key alone is read once a value follows it. */
function reads({ key }: AtCursor, insert: string): boolean {
  if (key === null && insert.endsWith(':')) return true;
  const read = parseFilter(key === null ? insert : `${key}:${insert}`);
  return read.ok && read.value.terms.length === 1;
}

function* bareChoices(typed: string, known: Known): Generator<Choice> {
  const wanted = fold(typed);
  for (const key of FILTER_KEYS)
    if (key.startsWith(wanted)) yield { insert: `${key}:`, label: `${key}:`, about: KEY_WORDS[key] ?? '', count: null };
  if (wanted !== '') for (const value of within(known('name'), wanted)) yield choiceOf(null, value);
}

function* valueChoices(key: string, typed: string, known: Known): Generator<Choice> {
  for (const value of within(known(key), fold(typed))) yield choiceOf(key, value);
}

/** Those that begin so first. */
function* within(values: readonly KnownValue[], wanted: string): Generator<KnownValue> {
  const holding = wanted === '' ? values : values.filter(({ value }) => fold(value).includes(wanted));
  yield* holding.filter(({ value }) => fold(value).startsWith(wanted));
  yield* holding.filter(({ value }) => !fold(value).startsWith(wanted));
}

function choiceOf(key: string | null, { value, count }: KnownValue): Choice {
  const written = formatFilter({ terms: [{ negated: false, key, values: [value] }] });
  const insert = key === null ? written : written.slice(key.length + 1);
  return { insert, label: value, about: value === '*' && key !== null ? 'any at all' : devicesText(count), count };
}

const devicesText = (count: number): string => (count === 0 ? 'no device now' : `${count} device${count === 1 ? '' : 's'}`);
