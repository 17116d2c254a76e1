/** A form in which a file only has to be unpacked or written anew. */
export interface Packing {
  /** "compressed with gzip" */
  readonly what: string;
  /** A command that writes plain UTF-8: "gunzip -c FILE". */
  readonly unpack: string;
}

/** How such files begin, in Latin-1. */
const PACKINGS: readonly (readonly [magic: string, Packing])[] = [
  ['\u001f\u008b', { what: 'compressed with gzip', unpack: 'gunzip -c FILE' }],
  ['BZh', { what: 'compressed with bzip2', unpack: 'bunzip2 -c FILE' }],
  ['\u00fd7zXZ', { what: 'compressed with xz', unpack: 'xz -dc FILE' }],
  ['\u0028\u00b5\u002f\u00fd', { what: 'compressed with zstd', unpack: 'zstd -dc FILE' }],
  ['PK\u0003\u0004', { what: 'a zip archive', unpack: 'unzip -p FILE' }],
  ['\u00ff\u00fe', { what: 'UTF-16', unpack: 'iconv -f UTF-16 -t UTF-8 FILE' }],
  ['\u00fe\u00ff', { what: 'UTF-16', unpack: 'iconv -f UTF-16 -t UTF-8 FILE' }],
  ['<\u0000?\u0000', { what: 'UTF-16', unpack: 'iconv -f UTF-16LE -t UTF-8 FILE' }],
  ['\u0000<\u0000?', { what: 'UTF-16', unpack: 'iconv -f UTF-16BE -t UTF-8 FILE' }],
];

const LONGEST_MAGIC = 8;

/** What a file that begins with these bytes is packed in; null for anything else. */
export function packingOf(head: Uint8Array): Packing | null {
  const start = String.fromCharCode(...head.subarray(0, LONGEST_MAGIC));
  return PACKINGS.find(([magic]) => start.startsWith(magic))?.[1] ?? null;
}
