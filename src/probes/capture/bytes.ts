import { type Address, formatAddress, type Mac } from '../../core/index.ts';

const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** The hardware address at an offset; the caller has checked that it is all there. */
export function macAt(bytes: Uint8Array, offset: number): Mac {
  let text = HEX[bytes[offset] as number] as string;
  for (let i = 1; i < 6; i++) text += `:${HEX[bytes[offset + i] as number]}`;
  return text;
}

export function v4At(bytes: Uint8Array, offset: number): Address {
  return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
}

export function v6At(bytes: Uint8Array, offset: number): Address {
  return formatAddress({ family: 6, value: BigInt(`0x${hexOf(bytes.subarray(offset, offset + 16))}`) });
}

export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const value of bytes) text += HEX[value];
  return text;
}

export const u16At = (bytes: Uint8Array, offset: number): number => ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number);

/** Whether these six octets are that hardware address. */
export function isMac(bytes: Uint8Array, offset: number, mac: Mac): boolean {
  return bytes.length >= offset + 6 && macAt(bytes, offset) === mac;
}

/** A hardware address that can be a sender's: not a group's, not all zeros. */
export function isSender(bytes: Uint8Array, offset: number): boolean {
  if (((bytes[offset] as number) & 1) === 1) return false;
  for (let i = 0; i < 6; i++) if (bytes[offset + i] !== 0) return true;
  return false;
}
