/** What we read of DHCP options (RFC 2132). */
export const OPTION = { hostName: 12, requested: 50, message: 53, server: 54, list: 55, vendor: 60, client: 61, fqdn: 81 } as const;

const PAD = 0;
const END = 255;

/**
 * Options by number, the first of each; a message that ends within one is malformed. A missing end mark is forgiven,
 * as servers forgive it.
 */
export function readOptions(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> | 'malformed' {
  const options = new Map<number, Uint8Array>();
  let offset = 0;
  while (offset < bytes.length) {
    const kind = bytes[offset++] as number;
    if (kind === END) break;
    if (kind === PAD) continue;
    const length = bytes[offset++];
    if (length === undefined || offset + length > bytes.length) return 'malformed';
    if (!options.has(kind)) options.set(kind, bytes.subarray(offset, offset + length));
    offset += length;
  }
  return options;
}
