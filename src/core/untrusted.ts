/**
 * Text that came from the network: names, banners, script output, vendor strings. Cleaned and capped once, here;
 * still hostile, so every sink (terminal, HTML, CSV, log) escapes it again in its own way.
 */

declare const hostile: unique symbol;

/** A cleaned string of foreign origin. Readable as a string; made only by {@link untrusted}. */
export type Untrusted = string & { readonly [hostile]: true };

/** Longest texts kept, in UTF-16 units. */
export const TEXT_CAP = { name: 255, banner: 1024, script: 16 * 1024 } as const;

// Control characters (C0, DEL, C1), whatever is drawn as nothing (zero-width, bidi controls, fillers, selectors, tags),
// line and paragraph separators, interlinear marks.
const UNSAFE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;
const UNSAFE_IN_LINES = /(?![\n\t])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/** One line of foreign text: NFC, no control or direction characters, nothing invisible, at most `cap` long. */
export function untrusted(text: string, cap: number = TEXT_CAP.name): Untrusted {
  return clean(text, UNSAFE, cap);
}

/** Foreign text of several lines (script output): as {@link untrusted}, but keeps \n and \t. */
export function untrustedLines(text: string, cap: number = TEXT_CAP.script): Untrusted {
  return clean(text, UNSAFE_IN_LINES, cap);
}

function clean(text: string, unsafe: RegExp, cap: number): Untrusted {
  // Broken surrogates go first: what stood between two halves must not make them one character by leaving.
  const visible = text
    .slice(0, cap * 4)
    .toWellFormed()
    .replace(unsafe, '');
  // A cut must not leave half a surrogate pair behind.
  return visible.normalize('NFC').slice(0, cap).toWellFormed() as Untrusted;
}
