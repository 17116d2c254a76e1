import type { Address, AddressRange, Instant, Mac, Observation } from '../../core/index.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import { holds } from '../vantage/parts.ts';
import { PRESENT } from '../vantage/present.ts';
import { vendorOf } from '../vendors/vendors.ts';

/** The kernel's neighbour table on both sides of a look; null where it cannot be read. */
export interface Tables {
  readonly before: readonly Neighbour[] | null;
  readonly after: readonly Neighbour[] | null;
}

/** Whom a look asked for; on one interface only where it was told which. */
export interface Asked {
  readonly ranges: readonly AddressRange[];
  readonly iface: string | null;
}

/**
 * Neighbours the kernel heard from during the look. Only what became true in between counts: REACHABLE lasts half a
 * minute beyond the last answer, STALE for ever, and DELAY says only that somebody was spoken to.
 */
export function overheard({ before, after }: Tables, { ranges, iface }: Asked, seenAt: Instant): Observation[] {
  if (before === null || after === null) return [];
  const known = new Map(before.map((neighbour) => [keyOf(neighbour), neighbour]));
  return after.flatMap((now): Observation[] => {
    const elsewhere = (iface !== null && now.iface !== iface) || !holds(ranges, now.address);
    if (now.mac === null || elsewhere || !answeredSince(known.get(keyOf(now)), now)) return [];
    return [{ ...PRESENT, address: now.address, mac: now.mac, vendor: vendorOf(now.mac), reason: wayOf(now.address), seenAt }];
  });
}

const answeredSince = (was: Neighbour | undefined, now: Neighbour): boolean =>
  now.state === 'REACHABLE' && (was?.state !== 'REACHABLE' || was.mac !== now.mac);

const keyOf = ({ iface, address }: Neighbour): string => `${iface} ${address}`;
const wayOf = (address: Address): string => (address.includes(':') ? 'nd-advert' : 'neighbour');

/** Cards of the neighbours on an interface by address, whatever their state: to complete what answered another way. */
export function cardsOf(table: readonly Neighbour[], iface: string): ReadonlyMap<Address, Mac> {
  return new Map(table.flatMap((entry) => (entry.mac === null || entry.iface !== iface ? [] : [[entry.address, entry.mac] as const])));
}
