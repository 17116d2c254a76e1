const VALUES = new Map(
  Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (digit, value): [string, number] => [digit, value]),
);

/** The bytes that a text in base 64 stands for; null when it is not whole, or holds anything else but white space. */
export function bytesOfBase64(text: string): Uint8Array | null {
  const digits = text.replace(/\s+/g, '');
  const body = digits.replace(/={1,2}$/, '');
  if (digits.length % 4 !== 0 || body.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
  let [held, bits, at] = [0, 0, 0];
  for (const digit of body) {
    const value = VALUES.get(digit);
    if (value === undefined) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 255;
  }
  return bytes;
}
