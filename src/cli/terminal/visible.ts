// Controls, format characters (bidi, zero-width, tags), lone surrogates, line separators, and whatever else draws nothing.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Foreign text for a terminal: whatever could move the cursor, turn the writing round or hide is shown by its number instead. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`);
}

/** The same but for the ends of lines, of which JSON for people has many. */
const UNSAFE_IN_JSON = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--\n]/gv;

/** JSON for any sink: the same characters, as escapes that JSON itself has. Parses back to the same value. */
export function visibleJson(json: string): string {
  return json.replace(UNSAFE_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const NARROW = /^[\u0020-\u02ff]*$/;

/** Text cut to so many columns, with an ellipsis at the end. */
export function shortened(text: string, columns: number): string {
  const seen = visible(text);
  if (widthOf(seen) <= columns) return text;
  let cut = '';
  let taken = 0;
  for (const letter of seen) {
    taken += widthOf(letter);
    if (taken >= columns) break;
    cut += letter;
  }
  return `${cut}…`;
}

/** How many columns of a terminal the text takes. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) if (!/\p{Mark}/u.test(character)) width += WIDE.test(character) ? 2 : 1;
  return width;
}
