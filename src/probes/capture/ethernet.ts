import type { Mac } from '../../core/index.ts';
import { isSender, macAt, u16At } from './bytes.ts';

/** An Ethernet frame without its VLAN tags. */
export interface Ethernet {
  readonly source: Mac;
  readonly destination: Mac;
  /** EtherType; null: the frame gives a length instead, and its payload begins with LLC (CDP). */
  readonly type: number | null;
  /** The innermost VLAN it is tagged for; 0: none, or only a priority. */
  readonly vlan: number;
  readonly payload: Uint8Array;
}

/** 802.1Q, 802.1ad and what QinQ used before there was a standard. */
const TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const MOST_TAGS = 2;
const HEADER = 14;
/** Type fields up to here are lengths. */
const LONGEST_LENGTH = 1500;

export function openEthernet(frame: Uint8Array): Ethernet | 'malformed' {
  if (frame.length < HEADER || !isSender(frame, 6)) return 'malformed';
  let offset = 12;
  let vlan = 0;
  for (let tags = 0; TAGS.has(u16At(frame, offset)); tags++) {
    offset += 4;
    if (tags === MOST_TAGS || frame.length < offset + 2) return 'malformed';
    vlan = u16At(frame, offset - 2) & 0xfff;
  }
  const type = u16At(frame, offset);
  const rest = frame.subarray(offset + 2);
  const ends = { source: macAt(frame, 6), destination: macAt(frame, 0), vlan };
  if (type > LONGEST_LENGTH) return { ...ends, type, payload: rest };
  return rest.length < type ? 'malformed' : { ...ends, type: null, payload: rest.subarray(0, type) };
}
