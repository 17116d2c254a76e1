import { Fault } from '../../core/index.ts';

/** Marks by which a file says how its text is written. */
const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** The text of a file in UTF-8, or in UTF-16 with a byte order mark. Fault bad-input for anything else: a guess would spoil names. */
export function decodeText(bytes: Uint8Array, name: string): string {
  const marked = MARKS.find((mark) => mark.bytes.every((byte, i) => bytes[i] === byte));
  const encoding = marked?.encoding ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const shown = JSON.stringify(name.slice(0, 80));
    throw new Fault(
      'bad-input',
      `reading ${shown}: it is not the ${encoding.toUpperCase()} it should be`,
      'save it as "CSV UTF-8", or as JSON',
    );
  }
}
