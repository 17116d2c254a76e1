const DECIMAL = /^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u;
const SPACE = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');

/** More digits than these Python refuses to convert. */
const MOST_DIGITS = 4300;

/** An integer as Python's int() reads it: spaces around, a sign, "1_000", leading zeros, digits of any script. undefined: it is none. */
export function pythonInt(text: string): number | bigint | undefined {
  const plain = plainNumber(text);
  if (plain >= 0) return plain;
  const trimmed = text.replace(AROUND, '');
  if (!DECIMAL.test(trimmed)) return undefined;
  const digits = Array.from(trimmed.replace(/[+_-]/g, ''), digitOf);
  if (digits.length > MOST_DIGITS) return undefined;
  const value = BigInt(digits.join('')) * (trimmed.startsWith('-') ? -1n : 1n);
  return BigInt.asIntN(53, value) === value ? Number(value) : value;
}

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Digits come in rows of ten, zero first, some rows right behind each other. */
function digitOf(character: string): number {
  const code = character.codePointAt(0) as number;
  let first = code;
  while (isDigit(first - 1)) first--;
  return (code - first) % 10;
}

/** What nearly every number is: a few ASCII digits. -1 for all else. */
function plainNumber(text: string): number {
  if (text.length === 0 || text.length > 9) return -1;
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
