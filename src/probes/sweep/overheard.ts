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

/**
 * Neighbours the kernel heard from during the look. Only what became true in between counts: REACHABLE lasts half a
 * minute beyond the last answer, STALE for ever, and DELAY says only that somebody was spoken to.
 */
export function overheard({ before, after }: Tables, ranges: readonly AddressRange[], seenAt: Instant): Observation[] {
  if (before === null || after === null) return [];
  const known = new Map(before.map((neighbour) => [keyOf(neighbour), neighbour]));
  return after.flatMap((now): Observation[] => {
    const was = known.get(keyOf(now));
    if (now.mac === null || !answeredSince(was, now) || !holds(ranges, now.address)) return [];
    return [{ ...PRESENT, address: now.address, mac: now.mac, vendor: vendorOf(now.mac), reason: wayOf(now.address), seenAt }];
  });
}

function answeredSince(was: Neighbour | undefined, now: Neighbour): boolean {
  const strange = was === undefined || was.mac === null || was.mac !== now.mac;
  return strange ? now.state === 'REACHABLE' || now.state === 'DELAY' : now.state === 'REACHABLE' && was.state !== 'REACHABLE';
}

const keyOf = ({ iface, address }: Neighbour): string => `${iface} ${address}`;
const wayOf = (address: Address): string => (address.includes(':') ? 'nd-advert' : 'neighbour');

/** Cards of neighbours by address, whatever their state: to complete what answered another way. */
export function cardsOf({ after }: Tables): ReadonlyMap<Address, Mac> {
  return new Map((after ?? []).flatMap(({ address, mac }) => (mac === null ? [] : [[address, mac] as const])));
}
