/** Lines as Python's str.splitlines sees them: more signs end a line than elsewhere, and the last line may lack one. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** As Python's str.rstrip: its white space is not that of JavaScript. */
export function trimRight(text: string): string {
  let end = text.length;
  while (end > 0 && WHITE_SPACE.has(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

const SPACES =
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';
const WHITE_SPACE = new Set(Array.from(SPACES, (sign) => sign.charCodeAt(0)));
