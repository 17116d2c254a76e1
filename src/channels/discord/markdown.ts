/** A line that Discord draws as it stands: no bold, no code, no quote, no list, no heading, no link, no mention. */
export const literal = (line: string): string =>
  line
    .replaceAll(/[\\`*_~|<>[\]#@]/g, '\\$&')
    .replaceAll('://', ':\\/\\/')
    .replace(/^(\s*)([-+])(?=\s)/, '$1\\$2')
    .replace(/^(\s*\d+)\.(?=\s)/, '$1\\.');
