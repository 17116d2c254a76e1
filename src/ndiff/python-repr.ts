const SHORT: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** What has no shape on a screen: controls, marks of direction, surrogates, what is not assigned, every space but one. */
const ESCAPED = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A text in quotes as Python's repr() writes it: single ones, unless the text has these and no double ones. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replace(ESCAPED, (sign) => SHORT[sign] ?? byNumber(sign.codePointAt(0) as number));
  return quote + (quote === "'" ? inner.replaceAll("'", "\\'") : inner) + quote;
}

function byNumber(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
