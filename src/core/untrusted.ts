/**
 * Text that came from the network: names, banners, script output, vendor strings. Cleaned and capped once, here;
 * still hostile, so every sink (terminal, HTML, CSV, log) escapes it again in its own way.
 */

declare const hostile: unique symbol;

/** A cleaned string of foreign origin. Readable as a string; made only by {@link untrusted}. */
export type Untrusted = string & { readonly [hostile]: true };

/** Longest texts kept, in UTF-16 units. */
export const TEXT_CAP = { name: 255, banner: 1024, script: 16 * 1024 } as const;

// C0, DEL, C1, bidi controls and isolates, zero-width characters, BOM, line and paragraph separators.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const UNSAFE_IN_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** One line of foreign text: NFC, no control or direction characters, at most `cap` long. */
export function untrusted(text: string, cap: number = TEXT_CAP.name): Untrusted {
  return clip(
    text
      .slice(0, cap * 4)
      .normalize('NFC')
      .replace(UNSAFE, ''),
    cap,
  );
}

/** Foreign text of several lines (script output): as {@link untrusted}, but keeps \n and \t. */
export function untrustedLines(text: string, cap: number = TEXT_CAP.script): Untrusted {
  return clip(
    text
      .slice(0, cap * 4)
      .normalize('NFC')
      .replace(UNSAFE_IN_LINES, ''),
    cap,
  );
}

function clip(text: string, cap: number): Untrusted {
  const cut = text.length > cap ? text.slice(0, cap) : text;
  // A cut must not leave half a surrogate pair behind.
  return cut.toWellFormed() as Untrusted;
}
