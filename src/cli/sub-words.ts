import { Fault, nearest } from '../core/index.ts';

/** Words behind a command that it does not take. */
export function wrongWords(command: string, args: readonly string[], takes: string): Fault {
  const shown = JSON.stringify(args.slice(0, 4).join(' ').slice(0, 80));
  return new Fault('bad-input', `reading the command line: ${command} ${shown} is not what it takes`, `write ${takes}`);
}

/** What a word behind a command does. Fault bad-input with the one that was meant, for a word it does not know. */
export function oneOf<T>(words: Readonly<Record<string, T>>, command: string, word: string): T {
  const known = Object.hasOwn(words, word) ? words[word] : undefined;
  if (known !== undefined) return known;
  const names = Object.keys(words);
  const guess = nearest(word, names);
  throw new Fault(
    'bad-input',
    `reading the command line: ${command} cannot ${JSON.stringify(word.slice(0, 40))}`,
    guess ? `did you mean ${command} ${guess}?` : `write one of ${names.join(', ')}`,
  );
}
