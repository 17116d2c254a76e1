import { Fault } from '../core/index.ts';
import { shellWord } from './as-typed.ts';

/** Words up to a space outside quotes. */
const WORDS = /(?:"(?:[^"\\]|\\.)*"|[^\s"])+/gsu;
const KEYED = /^-?[a-z]+:/i;
/** Keys whose values may hold spaces; of the others a value with one is none. */
const SPACED = /^(-?(?:group|tag|owner|name|vendor|os|service|product|title|cert):)(.*)$/isu;

/**
 * The filter that arguments of a command line say. A shell takes quotes away: owner:"Anna B" comes as one argument with a space
 * in it. One argument is one word, so it is quoted again; but for one that can only be a whole filter, since it still holds
 * quotes, a second key, a negated word, or a key whose values have no spaces.
 */
export const filterOfArguments = (args: readonly string[]): string => args.map(wordOrFilter).join(' ');

function wordOrFilter(argument: string): string {
  const [first = '', ...rest] = argument.match(WORDS) ?? [];
  if (rest.length === 0) return argument;
  const several = rest.some((word) => KEYED.test(word) || /^-./u.test(word)) || (KEYED.test(first) && !SPACED.test(first));
  return several || argument.includes('"') ? wholeFilter(argument, 'filter') : quotedAgain(argument.trim());
}

function quotedAgain(argument: string): string {
  const [, key = /^-?/.exec(argument)?.[0] ?? '', value = argument.slice(key.length)] = SPACED.exec(argument) ?? [];
  const one = key + quoted(value);
  if (!value.includes(',')) return one;
  const several = key + value.split(',').map(quoted).join(',');
  throw new Fault(
    'bad-input',
    `reading filter ${JSON.stringify(argument)}: its comma may part two values or belong to one`,
    `write ${shellWord(several)} for several, ${shellWord(one)} for one`,
  );
}

/** A text that is a whole filter; refused where a shell may have taken quotes from it, since other devices would be meant then. */
export function wholeFilter(text: string, what: string): string {
  const words = text.match(WORDS) ?? [];
  if (text.replace(WORDS, '').trim() !== '') return text; // a quote is not closed: whoever reads the filter says so
  for (const [at, word] of words.entries()) {
    const bare = bareWords(words.slice(at + 1));
    if (bare.length > 0 && !word.includes('"')) refuseSplit({ text, what, word, bare });
  }
  return text;
}

/** The words right behind another that may have been part of it. */
function bareWords(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => /^-.|"/u.test(word) || KEYED.test(word));
  return end < 0 ? words : words.slice(0, end);
}

interface Split {
  readonly text: string;
  readonly what: string;
  readonly word: string;
  readonly bare: readonly string[];
}

function refuseSplit({ text, what, word, bare }: Split): void {
  const [, key = '', value = ''] = SPACED.exec(word) ?? [];
  if (value === '') return;
  const [last = '', ...before] = value.split(',').reverse();
  const one = key + [...before.reverse(), quoted([last, ...bare].join(' '))].join(',');
  throw new Fault(
    'bad-input',
    `reading ${what} ${JSON.stringify(text)}: ${JSON.stringify(bare.join(' '))} may belong to ${JSON.stringify(word)} or stand alone`,
    `write ${shellWord(one)} if it belongs to it, ${shellWord([...bare, word].join(' '))} if not`,
  );
}

/** In the quotes of a filter. */
const quoted = (value: string): string => `"${value.trim().replace(/["\\]/g, '\\$&')}"`;
