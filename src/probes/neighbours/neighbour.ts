import { type Address, canonicalAddress, canonicalMac, type Mac, type Millis } from '../../core/index.ts';

/** The kernel's words for what it knows of a neighbour (man ip-neighbour). */
export const NEIGHBOUR_STATES = ['REACHABLE', 'STALE', 'DELAY', 'PROBE', 'PERMANENT', 'NOARP', 'INCOMPLETE', 'FAILED', 'NONE'] as const;
export type NeighbourState = (typeof NEIGHBOUR_STATES)[number];

/** One line of the kernel's neighbour table (ARP and NDP). */
export interface Neighbour {
  readonly address: Address;
  /** null: it was asked for and did not answer (INCOMPLETE, FAILED), or the device has no hardware addresses. */
  readonly mac: Mac | null;
  readonly iface: string;
  readonly state: NeighbourState;
  /** How long ago it was heard last, in ms, rounded up; left out where the kernel did not say. */
  readonly ago?: Millis;
}

interface Fields {
  readonly address: unknown;
  readonly mac: unknown;
  readonly iface: unknown;
  readonly state: unknown;
}

/** A neighbour of what a tool printed; undefined when it names none. Group addresses are nobody's. */
export function neighbourOf({ address, mac, iface, state }: Fields): Neighbour | undefined {
  const at = typeof address === 'string' ? canonicalAddress(address) : undefined;
  if (at === undefined || typeof iface !== 'string' || !isState(state)) return undefined;
  const card = typeof mac === 'string' ? canonicalMac(mac) : undefined;
  return { address: at, mac: card === undefined || isGroup(card) ? null : card, iface, state };
}

const isState = (word: unknown): word is NeighbourState => (NEIGHBOUR_STATES as readonly unknown[]).includes(word);

const isGroup = (mac: Mac): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
