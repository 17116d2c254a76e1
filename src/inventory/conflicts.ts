import type { Address, ChangeDraft, Instant, Mac, Observation } from '../core/index.ts';
import { type AddressConflict, addressConflicts } from './conflicts-address.ts';
import { type Claims, claimsOf, proxiesIn } from './conflicts-claims.ts';
import { crowdDraft, groupDraft, proxyDraft, singleDraft, TOLD_SINGLY } from './conflicts-drafts.ts';
import { watchGateway } from './conflicts-gateway.ts';
import { type ConflictsTold, isUnderWay, lately, roomFor, withConflicts, withCrowd } from './conflicts-told.ts';
import type { Roll } from './roll.ts';

export interface ConflictLook {
  /** As it was before this look was folded in. */
  readonly roll: Roll;
  /** All that answered, also what a storm holds back. */
  readonly observations: readonly Observation[];
  /** The network, in words and always the same ("192.168.1.0/24"). */
  readonly where: string;
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
export function findConflicts({ roll, observations, where, gateways, told, at }: ConflictLook): Conflicts {
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
  const fromProxies = proxies.reduce((conflicts, mac) => proxyTold(conflicts, { claims, mac, at }), fromGateways);
  return addressesTold(fromProxies, others, { where, at });
}

/** One that answers for so many, and for more than this share of all, answers for others. */
const MANY = { least: 16, share: 0.25 } as const;

function proxyTold({ drafts, told }: Conflicts, { claims, mac, at }: { claims: Claims; mac: Mac; at: Instant }): Conflicts {
  const draft = proxyDraft(claims, mac);
  const about = `proxy ${mac}`;
  return { told: withConflicts(told, [about], at), drafts: isUnderWay(told, about, at) ? drafts : [...drafts, draft] };
}

/** Each once, a few one by one, many in one; more than can be remembered are one story as long as it lasts. */
function addressesTold(before: Conflicts, conflicts: readonly AddressConflict[], { where, at }: { where: string; at: Instant }): Conflicts {
  const { told, drafts } = before;
  const [known, fresh] = [true, false].map((old) => conflicts.filter(({ address }) => isUnderWay(told, address, at) === old)) as [
    AddressConflict[],
    AddressConflict[],
  ];
  const room = roomFor(told, at);
  const tooMany = fresh.length > room;
  const noted = [...known, ...fresh.slice(0, room)].map(({ address }) => address);
  const after = withConflicts(tooMany ? withCrowd(told, where, at) : told, noted, at);
  if (fresh.length === 0 || lately(told.crowds.get(where), at)) return { told: after, drafts };
  if (tooMany) return { told: after, drafts: [...drafts, crowdDraft(fresh, where)] };
  return {
    told: after,
    drafts: [...drafts, ...(conflicts.length <= TOLD_SINGLY ? fresh.map(singleDraft) : [groupDraft(conflicts, fresh)])],
  };
}
