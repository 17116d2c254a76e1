import { Fault } from '../../core/index.ts';

/** Numbers as they are listed, "#12" or "12". Fault bad-input that says where to find them. */
export function numbersOf(words: readonly string[], what: string, listedBy: string): number[] {
  return words.map((word) => {
    if (/^#?[1-9]\d{0,14}$/.test(word)) return Number(word.replace('#', ''));
    throw new Fault(
      'bad-input',
      `reading ${what} ${JSON.stringify(word.slice(0, 40))}: it is no number`,
      `write one that "rollcall ${listedBy}" shows`,
    );
  });
}
