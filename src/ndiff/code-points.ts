/** By character, as Python compares; JavaScript's own order differs above U+D7FF, where pairs stand below single units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = ABOVE_D7FF.test(a) && ABOVE_D7FF.test(b) ? [sortable(a), sortable(b)] : [a, b];
  return left < right ? -1 : 1;
}

const ABOVE_D7FF = /[\ud800-\uffff]/;
const EACH_ABOVE_D7FF = /[\ud800-\uffff]/g;

/** The same text with its units turned round, so that JavaScript's own, fast order is that of the characters. Not for reading. */
export function sortable(text: string): string {
  if (!ABOVE_D7FF.test(text)) return text;
  return text.replace(EACH_ABOVE_D7FF, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}

/** How many characters a text has: Python's len(). */
export function countCharacters(text: string): number {
  let pairs = 0;
  for (let i = 0; i + 1 < text.length; i++) if (isPair(text, i)) pairs++;
  return text.length - pairs;
}

function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
