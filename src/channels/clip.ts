/** At most so many UTF-16 units, ending in "..." where it was cut; no character is halved. */
export const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most - 3)).replace(/[\ud800-\udbff]$/, '')}...`;

/** The same in bytes of UTF-8. */
export function clipBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const bytes = Buffer.from(text).subarray(0, Math.max(0, most - 3));
  // What is left of a character that was cut in two is no character.
  return `${bytes.toString('utf8').replace(/\ufffd+$/, '')}...`;
}
