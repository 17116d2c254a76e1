import type { Untrusted } from './untrusted.ts';

/** What a device lets slip about itself besides addresses and names; each helps to know it again. */
export const CLUE_KINDS = [
  /** Client identifier of its DHCP requests, in hex. */
  'dhcp.client',
  /** Vendor class of its DHCP requests ("MSFT 5.0", "android-dhcp-14"). */
  'dhcp.vendor',
  /** Options its DHCP requests ask for, in their order ("1,3,6,15"): alike for alike systems. */
  'dhcp.options',
  /** Identifier it announces by mDNS (a "deviceid", "id" or "serial" of its TXT records). */
  'mdns.id',
  /** Service type it announces by mDNS ("_ipp._tcp"). */
  'mdns.service',
  /** Model it announces by mDNS ("MacBookPro18,3"). */
  'mdns.model',
  /** Group it announces by NetBIOS. */
  'netbios.group',
  /** Fingerprint of its SSH host key ("SHA256:..."). */
  'ssh.key',
  /** What a switch, router or phone says of itself by LLDP or CDP. */
  'lldp.system',
  /** It says by neighbour discovery that it routes. */
  'router',
] as const;

export type ClueKind = (typeof CLUE_KINDS)[number];

export interface Clue {
  readonly kind: ClueKind;
  readonly value: Untrusted;
}

/** Most clues of one kind that are kept of a device: a hostile one may invent as many as it likes. */
export const CLUES_KEPT = 16;

/** Known clues with newly found ones, in order; of each kind the first {@link CLUES_KEPT}. The same array when nothing is new. */
export function mergeClues(known: readonly Clue[], found: readonly Clue[]): readonly Clue[] {
  if (found.length === 0) return known; // as in most looks, of every device
  const keys = new Set(known.map(keyOf));
  const kept = new Map(
    Map.groupBy(known, ({ kind }) => kind)
      .entries()
      .map(([kind, clues]) => [kind, clues.length]),
  );
  const fresh: Clue[] = [];
  for (const clue of found) {
    const count = kept.get(clue.kind) ?? 0;
    if (clue.value === '' || count >= CLUES_KEPT || keys.has(keyOf(clue))) continue;
    keys.add(keyOf(clue));
    kept.set(clue.kind, count + 1);
    fresh.push(clue);
  }
  return fresh.length === 0 ? known : [...known, ...fresh].sort(byClue);
}

const keyOf = ({ kind, value }: Clue): string => `${kind} ${value}`;

/** In the order of kinds, then by value. */
export function byClue(a: Clue, b: Clue): number {
  return CLUE_KINDS.indexOf(a.kind) - CLUE_KINDS.indexOf(b.kind) || (a.value === b.value ? 0 : a.value < b.value ? -1 : 1);
}
