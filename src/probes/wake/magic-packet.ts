import type { Mac } from '../../core/index.ts';

/** What a sleeping card waits for: six bytes of ones, then its own address sixteen times. 102 bytes. */
export function magicPacket(mac: Mac): Uint8Array {
  const address = Buffer.from(mac.replaceAll(':', ''), 'hex');
  if (address.length !== 6) throw new TypeError(`no hardware address: ${JSON.stringify(mac)}`);
  return Buffer.concat([Buffer.alloc(6, 0xff), ...Array.from({ length: 16 }, () => address)]);
}
