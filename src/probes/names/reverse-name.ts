import { type Address, parseAddress } from '../../core/index.ts';

/** The DNS name under which an address keeps its names: "5.0.0.10.in-addr.arpa". */
export function reverseName(address: Address): string | undefined {
  const value = parseAddress(address);
  if (value === undefined) return undefined;
  if (value.family === 4) return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
  const nibbles = value.value.toString(16).padStart(32, '0');
  return `${nibbles.split('').toReversed().join('.')}.ip6.arpa`;
}
