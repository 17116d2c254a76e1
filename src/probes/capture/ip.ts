import type { Address } from '../../core/index.ts';
import { u16At, v4At, v6At } from './bytes.ts';

/** One whole IP packet. */
export interface Packet {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: number;
  /** Hops it may still go; 255 proves that it comes from this very link. */
  readonly hops: number;
  readonly payload: Uint8Array;
}

/** passed: a fragment; what we look for is never so long that it must be cut. */
export function openV4(bytes: Uint8Array): Packet | 'passed' | 'malformed' {
  const header = ((bytes[0] ?? 0) & 15) * 4;
  const total = u16At(bytes, 2);
  if (bytes.length < 20 || bytes[0] === undefined || bytes[0] >> 4 !== 4 || header < 20) return 'malformed';
  if (total < header || total > bytes.length) return 'malformed';
  if ((u16At(bytes, 6) & 0x3fff) !== 0) return 'passed';
  const ends = { source: v4At(bytes, 12), destination: v4At(bytes, 16) };
  return { ...ends, protocol: bytes[9] as number, hops: bytes[8] as number, payload: bytes.subarray(header, total) };
}

/** Without extension headers: neither NDP nor mDNS has any. */
export function openV6(bytes: Uint8Array): Packet | 'malformed' {
  const total = 40 + u16At(bytes, 4);
  if (bytes.length < 40 || bytes[0] === undefined || bytes[0] >> 4 !== 6 || total > bytes.length) return 'malformed';
  const ends = { source: v6At(bytes, 8), destination: v6At(bytes, 24) };
  return { ...ends, protocol: bytes[6] as number, hops: bytes[7] as number, payload: bytes.subarray(40, total) };
}

export interface Datagram {
  readonly from: number;
  readonly to: number;
  readonly payload: Uint8Array;
}

export function openUdp(bytes: Uint8Array): Datagram | 'malformed' {
  const length = u16At(bytes, 4);
  if (bytes.length < 8 || length < 8 || length > bytes.length) return 'malformed';
  return { from: u16At(bytes, 0), to: u16At(bytes, 2), payload: bytes.subarray(8, length) };
}
