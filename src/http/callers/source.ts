import { parseAddress } from '../../core/index.ts';

/** Whom an address counts as where somebody may only have so much: whoever has an IPv6 address has all of its /64. */
export function sourceOf(from: string | null): string {
  const address = from === null ? undefined : parseAddress(from);
  if (address === undefined) return from?.slice(0, 64) ?? 'here';
  return address.family === 4 ? `v4 ${address.value}` : `v6 ${address.value >> 64n}`;
}
