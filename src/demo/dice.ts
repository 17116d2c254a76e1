import { placeWithin, shortHash } from '../core/index.ts';

/** A number from 0 up to 1 that is always the same for the same words. */
export const chance = (...words: readonly (string | number)[]): number =>
  Number.parseInt(shortHash(words.join(' ')).slice(0, 8), 16) / 0x1_0000_0000;

/** A number from `least` up to `most`, as {@link chance}. */
export const between = (least: number, most: number, ...words: readonly (string | number)[]): number =>
  least + chance(...words) * (most - least);

/** One of several, as {@link chance}. */
export function oneOf<T>(many: readonly [T, ...T[]], ...words: readonly (string | number)[]): T {
  return many[placeWithin(words.join(' '), many.length)] ?? many[0];
}

/** So many hexadecimal digits, as {@link chance}. */
export function digits(count: number, ...words: readonly (string | number)[]): string {
  let text = '';
  for (let part = 0; text.length < count; part++) text += shortHash([...words, part].join(' '));
  return text.slice(0, count);
}
