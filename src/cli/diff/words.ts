/** A bit of a sentence: our own words, or text from the network, which each printer makes harmless in its own way. */
export type Word = string | { readonly foreign: string };

export const foreign = (text: string): Word => ({ foreign: text });

/** Foreign words with our own between them; those that are empty fall away. */
export function joinWords(texts: readonly string[], between: string): Word[] {
  return texts.filter((text) => text !== '').flatMap((text, i) => (i === 0 ? [foreign(text)] : [between, foreign(text)]));
}

/** The plain text of words; still hostile where they are. */
export const plain = (words: readonly Word[]): string => words.map((word) => (typeof word === 'string' ? word : word.foreign)).join('');

/** New or opened, gone or closed, different, to be looked at by somebody, not to be said. */
export type Mark = '+' | '-' | '~' | '!' | '?';

/** A line of a script's output that only one side has, or that stands beside such lines. */
export interface ScriptLine {
  readonly mark: '+' | '-' | ' ';
  readonly text: string;
}

/** One difference of a device, in words. */
export interface Row {
  readonly mark: Mark;
  /** What differs: "22/tcp", "name". Empty for a sentence of its own. */
  readonly subject: Word;
  readonly words: readonly Word[];
  /** How the output of a script differs, where that is what differs. */
  readonly lines: readonly ScriptLine[];
}

/** A device that differs, in words. */
export interface Block {
  readonly mark: Mark;
  /** Address, name, MAC and maker, as far as known. */
  readonly label: readonly Word[];
  /** "new", "gone", "back"; empty when it is merely different. */
  readonly verdict: string;
  readonly rows: readonly Row[];
}

/** Whether a line is enough: nothing is known of it but that. */
export const isOneLine = ({ mark, rows }: Block): boolean => mark === '?' && rows.length === 1;
