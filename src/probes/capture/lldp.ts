import type { Address, Mac } from '../../core/index.ts';
import { u16At, v4At, v6At } from './bytes.ts';
import type { SaidReading } from './frame-seen.ts';
import { systemClue } from './system-clue.ts';

const TLV = { end: 0, chassis: 1, systemName: 5, systemDescription: 6, management: 8 } as const;
/** Address families of IANA, as a management address names them. */
const FAMILY = { v4: 1, v6: 2 } as const;

/** LLDP (IEEE 802.1AB): a device introduces itself to its neighbour on the cable. */
export function readLldp(bytes: Uint8Array, mac: Mac): SaidReading {
  const values = readTlvs(bytes);
  if (values === 'malformed') return values;
  const managed = values.get(TLV.management);
  return {
    way: 'lldp',
    address: managed === undefined ? null : managementAddress(managed),
    clues: systemClue(values.get(TLV.systemName), values.get(TLV.systemDescription)),
    line: `lldp from ${mac}`,
  };
}

/** Values by type, the first of each; type and length share two octets. The chassis must come first. */
function readTlvs(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> | 'malformed' {
  const values = new Map<number, Uint8Array>();
  let offset = 0;
  while (offset + 2 <= bytes.length) {
    const head = u16At(bytes, offset);
    const [type, length] = [head >> 9, head & 0x1ff];
    if (type === TLV.end) break;
    offset += 2;
    if (offset + length > bytes.length || (values.size === 0 && type !== TLV.chassis)) return 'malformed';
    if (!values.has(type)) values.set(type, bytes.subarray(offset, offset + length));
    offset += length;
  }
  return values.size === 0 ? 'malformed' : values;
}

/** Length (of family and address), family, address, ... */
function managementAddress(value: Uint8Array): Address | null {
  const [length = 0, family] = value;
  if (value.length < 1 + length) return null;
  if (family === FAMILY.v4 && length === 5) return v4At(value, 2);
  return family === FAMILY.v6 && length === 17 ? v6At(value, 2) : null;
}
