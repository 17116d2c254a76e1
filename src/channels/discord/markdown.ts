/** ":smile:", and what addresses have in common with it ("00:ab:12"): of two hex digits only these two are names of emoji. */
const BEFORE_EMOJI = /:(?!(?!ab|cd)[0-9a-f]{2}:)(?=[\w+-]+:)/gi;

/** A line that Discord draws as it stands: no bold, no code, no quote, no list, no heading, no link, no mention, no emoji. */
export const literal = (line: string): string =>
  line
    .replaceAll(/[\\`*_~|<>[\]#@]/g, '\\$&')
    .replaceAll('://', ':\\/\\/')
    .replaceAll(BEFORE_EMOJI, '\\:')
    .replace(/^(\s*)([-+])(?=\s)/, '$1\\$2')
    .replace(/^(\s*\d+)\.(?=\s)/, '$1\\.');
