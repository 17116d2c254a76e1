import { bad, good, type Result } from '../core/index.ts';
import { USUAL_WORDS } from './usual-words.ts';

export const SHORTEST_PASSWORD = 8;
/** In UTF-16 units: nobody types more, and each must be hashed. */
export const LONGEST_PASSWORD = 256;

/** What is left of a password once all is gone that anybody would guess must still be a password. */
const LEAST_LEFT = 6;
const LEAST_DIFFERENT = 5;
/** Digits alone are dates and telephone numbers. */
const LEAST_DIGITS = 14;

/**
 * Whether people may have this password: not whether it is theirs. Length, not kinds of characters, is what counts (NIST SP 800-63B); what is refused is what is
 * guessed first. Never repeats the password.
 */
export function judgePassword(password: string, name: string): Result<string> {
  const length = Array.from(password).length;
  if (length < SHORTEST_PASSWORD)
    return refused(`it has ${length} characters`, `take at least ${SHORTEST_PASSWORD}; a few words are easy to remember`);
  if (password.length > LONGEST_PASSWORD) return refused(`it has ${password.length} characters`, `take at most ${LONGEST_PASSWORD}`);
  if (!password.isWellFormed()) return refused('it holds half a character', 'type it anew');
  const why = guessable(password.normalize('NFC').toLowerCase(), name.toLowerCase());
  return why === null
    ? good(password)
    : refused(why, 'take one that nobody guesses, like four words that have nothing to do with each other');
}

const refused = (why: string, remedy: string): Result<never> => bad(`taking a password: ${why}`, remedy);

/** Why others would guess it; null: they would not. */
function guessable(plain: string, name: string): string | null {
  if (new Set(plain).size < LEAST_DIFFERENT) return 'the same few characters are repeated';
  if (isRepeated(plain)) return 'it is something short, repeated';
  if (/^[\d\s./:-]*$/.test(plain) && plain.length < LEAST_DIGITS) return 'it is a short number';
  if (withoutRuns(plain).length < LEAST_LEFT) return 'it is a row of the keyboard, the alphabet or the digits';
  if (USUAL_WORDS.has(stemOf(plain)) || USUAL_WORDS.has(stemOf(unmasked(plain)))) return 'many others have it';
  if (isMostly(plain, name) || isMostly(plain, backwards(name))) return 'the name of the user is most of it';
  if (isMostly(plain, PRODUCT)) return `"${PRODUCT}" is most of it`;
  return null;
}

const PRODUCT = 'rollcall';

const isRepeated = (plain: string): boolean => /^(?<piece>.{1,7})\k<piece>+.{0,2}$/su.test(plain);

/** Names of two letters are within many words. */
const isMostly = (plain: string, name: string): boolean =>
  name.length > 2 && plain.includes(name) && stemOf(plain.replaceAll(name, '')).length < LEAST_LEFT;

const backwards = (text: string): string => Array.from(text).reverse().join('');

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1234567890ß´',
  '!"§$%&/()=',
  '!@#$%^&*()',
  'qwertyuiop',
  'qwertzuiopü',
  'azertyuiop',
  'asdfghjkl;',
  'asdfghjklöä',
  'zxcvbnm,./',
  'yxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1q2w3e4r5t6z7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1a2b3c4d5e6f',
  'qazwsxedcrfvtgbyhnujm',
];
const PLACES = [...ROWS, ...ROWS.map(backwards)];
/** Fewer in a row are within many words. */
const LEAST_RUN = 4;

/** With one character in place of each run of neighbours. */
function withoutRuns(plain: string): string {
  let left = '';
  for (let at = 0; at < plain.length; ) {
    const run = longestRun(plain.slice(at, at + 30));
    left += plain[at] ?? '';
    at += Math.max(run, 1);
  }
  return left;
}

function longestRun(rest: string): number {
  for (let length = rest.length; length >= LEAST_RUN; length--) {
    const piece = rest.slice(0, length);
    if (PLACES.some((row) => row.includes(piece)) || isOneCharacter(piece)) return length;
  }
  return 0;
}

const isOneCharacter = (piece: string): boolean => new Set(piece).size === 1;

/** Without the digits and marks that people put around a word. */
const stemOf = (plain: string): string => plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

const MASKS: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };

/** "p4ssw0rd1" is "password1": what stands at the ends may be no mask. */
const unmasked = (plain: string): string => {
  const end = plain.replace(/[\d!$@?.]{0,6}$/, '');
  return end.replace(/[013457@$!]/g, (mask) => MASKS[mask] ?? mask);
};
