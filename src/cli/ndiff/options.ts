/** What a command line of Ndiff asks for. */
export type NdiffOrder =
  | { readonly kind: 'help' }
  | { readonly kind: 'compare'; readonly verbose: boolean; readonly xml: boolean; readonly a: string; readonly b: string }
  | { readonly kind: 'refused'; readonly message: string };

const LONG = ['help', 'text', 'verbose', 'xml'] as const;
const SHORT: Readonly<Record<string, (typeof LONG)[number]>> = { h: 'help', v: 'verbose' };

interface Words {
  readonly options: readonly (typeof LONG)[number][];
  readonly files: readonly string[];
}

/** Thrown by the reading of options; never leaves this file. */
class Refused extends Error {}

/**
 * Reads a command line as GNU getopt does: options anywhere, short ones together, long ones cut short as long as they
 * are clear, "--" ends them. `strictly`: the first word that is no option ends them too (POSIXLY_CORRECT).
 */
export function readNdiffOptions(words: readonly string[], strictly: boolean): NdiffOrder {
  try {
    return orderOf(splitWords(words, strictly));
  } catch (refused) {
    if (refused instanceof Refused) return { kind: 'refused', message: refused.message };
    throw refused;
  }
}

/** Options act in their order: help at once, and the format is settled by the first one that names it. */
function orderOf({ options, files }: Words): NdiffOrder {
  let format: 'text' | 'xml' | null = null;
  for (const option of options) {
    if (option === 'help') return { kind: 'help' };
    if (option === 'verbose') continue;
    if (format !== null && format !== option) throw new Refused('contradictory output format options.');
    format = option;
  }
  const [a, b] = files;
  if (files.length !== 2 || a === undefined || b === undefined) throw new Refused('need exactly two input filenames.');
  return { kind: 'compare', verbose: options.includes('verbose'), xml: format === 'xml', a, b };
}

function splitWords(words: readonly string[], strictly: boolean): Words {
  const end = words.findIndex((word) => word === '--' || (strictly && !isOption(word)));
  const before = end < 0 ? words : words.slice(0, end);
  const after = end < 0 ? [] : words.slice(words[end] === '--' ? end + 1 : end);
  return { options: before.filter(isOption).flatMap(optionsOf), files: [...before.filter((word) => !isOption(word)), ...after] };
}

const isOption = (word: string): boolean => word.startsWith('-') && word !== '-';

const optionsOf = (word: string): readonly (typeof LONG)[number][] =>
  word.startsWith('--') ? [longOption(word.slice(2))] : Array.from(word.slice(1), shortOption);

function shortOption(letter: string): (typeof LONG)[number] {
  const option = SHORT[letter];
  if (option === undefined) throw new Refused(`option -${letter} not recognized`);
  return option;
}

function longOption(text: string): (typeof LONG)[number] {
  const [name = '', ...value] = text.split('=');
  const meant = LONG.filter((option) => option.startsWith(name));
  const option = LONG.find((exact) => exact === name) ?? (meant.length === 1 ? meant[0] : undefined);
  if (meant.length === 0) throw new Refused(`option --${name} not recognized`);
  if (option === undefined) throw new Refused(`option --${name} not a unique prefix`);
  if (value.length > 0) throw new Refused(`option --${option} must not have an argument`);
  return option;
}
