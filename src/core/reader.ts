import { bad, good, type Result } from './fault.ts';
import { nearest } from './suggest.ts';
import { formatDuration, type Millis, parseDuration } from './time.ts';

/** Reads what somebody wrote for one key. The reason of a bad result goes on from "reading http.port: ". */
export type Reader<T> = (value: unknown) => Result<T>;

/** A value as it may stand in a message: short, quoted, without control characters. */
export function show(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** A reader of texts; anything else is refused with the remedy. */
export const text =
  <T>(remedy: string, read: (text: string) => Result<T>): Reader<T> =>
  (value) =>
    typeof value === 'string' ? read(value) : bad(`${show(value)} is not a text`, remedy);

/** A reader of texts that look like the pattern. */
export const like = (pattern: RegExp, what: string, remedy: string): Reader<string> =>
  text(remedy, (value) => (pattern.test(value) ? good(value) : bad(`${show(value)} is not ${what}`, remedy)));

export const flag: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? good(value) : bad(`${show(value)} is neither true nor false`, 'write true or false, without quotes');

/** A reader of one of some words. */
export const oneOf = <Word extends string>(words: readonly Word[], what: string): Reader<Word> =>
  text(`write one of ${words.join(', ')}`, (value) => {
    const word = words.find((known) => known === value);
    if (word !== undefined) return good(word);
    const guess = nearest(value, words);
    return bad(`${show(value)} is not ${what}`, guess === undefined ? `write one of ${words.join(', ')}` : `did you mean "${guess}"?`);
  });

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const YEAR = 366 * DAY;

/** A length of time within limits. */
export const lengthOfTime = (least: Millis, example: string, most: Millis = YEAR): Reader<Millis> =>
  text(`write a number and its unit, like "${example}"`, (value) => {
    const length = parseDuration(value);
    if (length === undefined) return bad(`${show(value)} is not a length of time`, `write a number and its unit, like "${example}"`);
    if (length < least) return bad(`${show(value)} is shorter than ${least / SECOND} s`, `write a longer time, like "${example}"`);
    if (length > most)
      return bad(
        `${show(value)} is longer than ${most === YEAR ? 'a year' : formatDuration(most)}`,
        `write a shorter time, like "${example}"`,
      );
    return good(length);
  });
