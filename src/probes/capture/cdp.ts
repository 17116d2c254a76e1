import type { Address, Mac } from '../../core/index.ts';
import { hexOf, u16At, v4At } from './bytes.ts';
import type { SaidReading } from './frame-seen.ts';
import { systemClue } from './system-clue.ts';

export const CDP_GROUP: Mac = '01:00:0c:cc:cc:cc';

/** LLC and SNAP of CDP; the same group address also gets VTP, DTP, UDLD and PAgP. */
const SNAP = 'aaaa0300000c2000';
const HEADER = 4;
const TLV = { device: 1, addresses: 2, platform: 6 } as const;

/** Cisco's discovery protocol, from the LLC header on. */
export function readCdp(bytes: Uint8Array, mac: Mac): SaidReading {
  if (hexOf(bytes.subarray(0, 8)) !== SNAP) return 'passed';
  const values = readTlvs(bytes.subarray(8));
  if (values === 'malformed') return values;
  const addresses = values.get(TLV.addresses);
  return {
    way: 'cdp',
    address: addresses === undefined ? null : firstV4(addresses),
    clues: systemClue(values.get(TLV.device), values.get(TLV.platform)),
    line: `cdp from ${mac}`,
  };
}

/** Values by type, the first of each. A length counts its own four octets of head; less would never end. */
function readTlvs(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> | 'malformed' {
  const values = new Map<number, Uint8Array>();
  if (bytes.length < HEADER) return 'malformed';
  let offset = HEADER;
  while (offset < bytes.length) {
    const length = offset + 4 > bytes.length ? 0 : u16At(bytes, offset + 2);
    if (length < 4 || offset + length > bytes.length) return 'malformed';
    const type = u16At(bytes, offset);
    if (!values.has(type)) values.set(type, bytes.subarray(offset + 4, offset + length));
    offset += length;
  }
  return values;
}

/** Count, then of each address: type and length of the protocol, protocol, length, address. Only the first is read. */
function firstV4(value: Uint8Array): Address | null {
  const isV4 = hexOf(value.subarray(4, 9)) === '0101cc0004';
  return isV4 && value.length >= 13 ? v4At(value, 9) : null;
}
