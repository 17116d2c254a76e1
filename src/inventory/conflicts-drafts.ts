import type { ChangeDraft, Mac } from '../core/index.ts';
import type { AddressConflict } from './conflicts-address.ts';
import type { Claims } from './conflicts-claims.ts';
import { REMEMBERED } from './conflicts-told.ts';

/** More conflicts at once than these are told in one: they have one cause. */
export const TOLD_SINGLY = 8;
const ABOUT_SHOWN = 32;

export function proxyDraft(claims: Claims, mac: Mac): ChangeDraft {
  const [count, of] = [claims.by.get(mac)?.size ?? 0, claims.at.size];
  const text = `${mac} answers for ${count} of ${of} addresses: a router that does so for others, or somebody who pretends to`;
  const after = { about: `proxy ${mac}`, macs: [mac], count, of, text };
  return { kind: 'address.conflict', device: claims.ownerOf(mac)?.id ?? null, before: null, after };
}

export function singleDraft({ address, macs, devices, how }: AddressConflict): ChangeDraft {
  const text = `${macs.join(' and ')} claim ${address}: ${how}`;
  const after = { about: address, addresses: [address], macs, devices: devices.map(({ id }) => id), text };
  return { kind: 'address.conflict', device: devices[0]?.id ?? null, before: null, after };
}

/** Of conflicts, those that are new, in one. */
export function groupDraft(conflicts: readonly AddressConflict[], fresh: readonly AddressConflict[]): ChangeDraft {
  const text = `${conflicts.length} addresses are claimed by two each, ${fresh.length} of them since now: ${someOf(fresh)}`;
  return { kind: 'address.conflict', device: null, before: null, after: { ...shown(conflicts, fresh), count: fresh.length, text } };
}

/** More of a network than are remembered. */
export function crowdDraft(fresh: readonly AddressConflict[], where: string): ChangeDraft {
  const text = `more than ${REMEMBERED} addresses of ${where} are claimed by two each: ${someOf(fresh)}; others are not told until there were fewer for an hour`;
  const after = { ...shown(fresh, fresh), where, limit: REMEMBERED, severity: 'high', text };
  return { kind: 'address.conflict', device: null, before: null, after };
}

const someOf = (conflicts: readonly AddressConflict[]): string =>
  `${conflicts
    .slice(0, 4)
    .map(({ address }) => address)
    .join(' ')} ...`;

function shown(conflicts: readonly AddressConflict[], fresh: readonly AddressConflict[]) {
  const macs = [...new Set(conflicts.flatMap((one) => one.macs))].slice(0, ABOUT_SHOWN);
  const addresses = fresh.slice(0, ABOUT_SHOWN).map(({ address }) => address);
  return { about: addresses.join(' | '), addresses, macs };
}
