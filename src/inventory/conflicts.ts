import type { Address, ChangeDraft, Instant, Mac, Observation } from '../core/index.ts';
import { type AddressConflict, addressConflicts } from './conflicts-address.ts';
import { type Claims, claimsOf, proxiesIn } from './conflicts-claims.ts';
import { watchGateway } from './conflicts-gateway.ts';
import { type ConflictsTold, isUnderWay, withConflict } from './conflicts-told.ts';
import type { Roll } from './roll.ts';

export interface ConflictLook {
  /** As it was before this look was folded in. */
  readonly roll: Roll;
  /** All that answered, also what a storm holds back. */
  readonly observations: readonly Observation[];
  /** Addresses of the gateways of the networks looked at. */
  readonly gateways: readonly Address[];
  readonly told: ConflictsTold;
  readonly at: Instant;
}

export interface Conflicts {
  readonly drafts: readonly ChangeDraft[];
  /** What to pass the next time. */
  readonly told: ConflictsTold;
}

/**
 * What cannot be as it looks: two devices at one IPv4 address, another hardware address behind a gateway, one that
 * answers for many. Each is told once while it lasts.
 */
export function findConflicts({ roll, observations, gateways, told, at }: ConflictLook): Conflicts {
  const claims = claimsOf(roll, observations);
  const proxies = proxiesIn(claims, MANY);
  const fromGateways = gateways.reduce<Conflicts>(
    (conflicts, gateway) => {
      const watch = watchGateway(claims, gateway, { told: conflicts.told, at });
      return { told: watch.told, drafts: [...conflicts.drafts, ...watch.drafts] };
    },
    { told, drafts: [] },
  );
  const others = addressConflicts(claims, { proxies: new Set(proxies), told, at }).filter(({ address }) => !gateways.includes(address));
  const found = [...proxies.map((mac) => proxyConflict(claims, mac)), ...addressDrafts(others)];
  return found.reduce((conflicts, one) => tellOnce(conflicts, one, at), fromGateways);
}

/** One that answers for so many, and for more than this share of all, answers for others. */
const MANY = { least: 16, share: 0.25 } as const;
/** More conflicts at once than these are told in one: they have one cause. */
const TOLD_SINGLY = 8;
const ABOUT_SHOWN = 32;

interface Found {
  readonly about: readonly string[];
  readonly draftOf: (fresh: readonly string[]) => ChangeDraft;
}

function tellOnce({ drafts, told }: Conflicts, { about, draftOf }: Found, at: Instant): Conflicts {
  const fresh = about.filter((key) => !isUnderWay(told, key, at));
  const after = about.reduce((state, key) => withConflict(state, key, at), told);
  return { told: after, drafts: fresh.length === 0 ? drafts : [...drafts, draftOf(fresh)] };
}

function proxyConflict(claims: Claims, mac: Mac): Found {
  const [count, of] = [claims.by.get(mac)?.size ?? 0, claims.at.size];
  const about = `proxy ${mac}`;
  const text = `${mac} answers for ${count} of ${of} addresses: a router that does so for others, or somebody who pretends to`;
  const device = claims.ownerOf(mac)?.id ?? null;
  return {
    about: [about],
    draftOf: () => ({ kind: 'address.conflict', device, before: null, after: { about, macs: [mac], count, of, text } }),
  };
}

function addressDrafts(conflicts: readonly AddressConflict[]): Found[] {
  if (conflicts.length <= TOLD_SINGLY) return conflicts.map((one) => ({ about: [one.address], draftOf: () => singleDraft(one) }));
  return [{ about: conflicts.map(({ address }) => address), draftOf: (fresh) => groupDraft(conflicts, fresh) }];
}

function singleDraft({ address, macs, devices, how }: AddressConflict): ChangeDraft {
  const text = `${macs.join(' and ')} claim ${address}: ${how}`;
  const after = { about: address, addresses: [address], macs, devices: devices.map(({ id }) => id), text };
  return { kind: 'address.conflict', device: devices[0]?.id ?? null, before: null, after };
}

function groupDraft(conflicts: readonly AddressConflict[], fresh: readonly string[]): ChangeDraft {
  const macs = [...new Set(conflicts.flatMap((one) => one.macs))].slice(0, ABOUT_SHOWN);
  const text = `${conflicts.length} addresses are claimed by two each, ${fresh.length} of them since now: ${fresh.slice(0, 4).join(' ')} ...`;
  const about = fresh.slice(0, ABOUT_SHOWN);
  return {
    kind: 'address.conflict',
    device: null,
    before: null,
    after: { about: about.join(' | '), addresses: about, macs, count: fresh.length, text },
  };
}
