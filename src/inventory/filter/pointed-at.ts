import type { BadWord } from './split-words.ts';

/** Characters shown of a filter on either side of where the bad word begins. */
const AROUND = 60;

/** The fault in words, and below it the filter with the bad word underlined. */
export function pointedAt(text: string, { raw, at, reason }: BadWord): string {
  const before = plain(text.slice(Math.max(0, at - AROUND), at));
  const shown = plain(text.slice(at, at + AROUND));
  const mark = ' '.repeat(columns(before)) + '^'.repeat(Math.max(1, Math.min(columns(raw), columns(shown))));
  return `reading filter: ${quoted(raw)} at column ${columns(text.slice(0, at)) + 1}: ${reason}\n${before}${shown}\n${mark}`;
}

const columns = (text: string): number => Array.from(text).length;

const quoted = (raw: string): string => `"${plain(raw.length > AROUND ? `${raw.slice(0, AROUND)}...` : raw)}"`;

/** One visible character for each: what moves the cursor or is drawn as nothing would make the mark point elsewhere. */
const plain = (text: string): string => text.toWellFormed().replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, '\ufffd');
