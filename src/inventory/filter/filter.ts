import { type Device, good, nearest, type Result } from '../../core/index.ts';
import { bareTest, type FilterContext, KEYS, type Test } from './keys.ts';
import { refused, type Word, wordsOf } from './words.ts';

/** Which devices are meant. */
export interface Filter {
  readonly text: string;
  matches(device: Device, context: FilterContext): boolean;
}

/** Longest filter that is read. */
const LONGEST = 4096;

/**
 * Reads a filter: words joined by spaces must all hold, "-" turns one round, commas are alternatives, quotes hold spaces
 * together: `group:iot presence:away,unknown port:23 -tag:ok owner:"Anna B"`. The fault points at the word that is wrong.
 */
export function parseFilter(text: string): Result<Filter> {
  if (text.length > LONGEST) return refused({ text, column: 1 }, 'it is too long', `write at most ${LONGEST} characters`);
  const words = wordsOf(text);
  if (!words.ok) return words;
  const tests: Test[] = [];
  for (const word of words.value) {
    const test = testOf(word);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  return good({ text, matches: (device, context) => tests.every((test) => test(device, context)) });
}

function testOf(word: Word): Result<Test> {
  const alternatives = word.key === null ? good(word.values.map(bareTest)) : keyedTests(word, word.key);
  if (!alternatives.ok) return alternatives;
  const tests = alternatives.value;
  return good((device, context) => tests.some((test) => test(device, context)) !== word.negated);
}

function keyedTests(word: Word, key: string): Result<readonly Test[]> {
  const read = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (read === undefined) return refused(word, `there is no key "${key}"`, remedyFor(key));
  const tests: Test[] = [];
  for (const value of word.values) {
    const test = read(value);
    if (!test.ok) return refused(word, test.reason, test.remedy);
    tests.push(test.value);
  }
  return good(tests);
}

function remedyFor(key: string): string {
  const names = Object.keys(KEYS);
  const guess = nearest(key, names);
  return guess === undefined ? `use one of ${names.join(', ')}` : `did you mean "${guess}"?`;
}
