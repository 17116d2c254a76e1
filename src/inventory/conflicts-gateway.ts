import type { Address, ChangeDraft, Device, Instant, Mac } from '../core/index.ts';
import { type Claims, seenThere } from './conflicts-claims.ts';
import { type ConflictsTold, type GatewayMacs, lately, withClaimant } from './conflicts-told.ts';

export interface GatewayWatch {
  readonly told: ConflictsTold;
  readonly drafts: readonly ChangeDraft[];
}

/**
 * Whether what answers for a gateway is what did before. Told once when another one answers, and once more when only the
 * former one does again; while both answer, that is one story.
 */
export function watchGateway(claims: Claims, gateway: Address, { told, at }: { told: ConflictsTold; at: Instant }): GatewayWatch {
  const answering = [...(claims.at.get(gateway) ?? [])];
  const believed = told.gateways.get(gateway)?.mac ?? knownMac(claims.holdersOf(gateway), gateway);
  // The one that is known comes first: of two that answer at once it is the other that is new.
  const inOrder = answering.sort((a, b) => Number(b === believed) - Number(a === believed) || (a < b ? -1 : 1));
  return inOrder.reduce<GatewayWatch>((watch, mac) => answered(claims, { gateway, mac, at }, watch), {
    told: rooted(told, gateway, believed),
    drafts: [],
  });
}

/** Before anybody answers, the one it had is who it was last seen as; that is no sighting. */
function rooted(told: ConflictsTold, address: Address, believed: Mac | undefined): ConflictsTold {
  if (believed === undefined || told.gateways.has(address)) return told;
  return { ...told, gateways: new Map(told.gateways).set(address, { mac: believed, seen: new Map() }) };
}

function knownMac(holders: readonly Device[], address: Address): Mac | undefined {
  const [last] = holders.filter(({ macs }) => macs.length > 0).sort((a, b) => (seenThere(b, address) ?? 0) - (seenThere(a, address) ?? 0));
  return last?.macs[0]?.mac;
}

function answered(
  claims: Claims,
  { gateway, mac, at }: { gateway: Address; mac: Mac; at: Instant },
  { told, drafts }: GatewayWatch,
): GatewayWatch {
  const known = told.gateways.get(gateway);
  const believed = known?.mac ?? mac;
  const owner = claims.ownerOf(mac);
  const sameDevice = owner?.macs.some((entry) => entry.mac === believed) ?? false;
  const backAndForth = lately(known?.seen.get(mac), at) && lately(known?.seen.get(believed), at);
  if (mac === believed || sameDevice || backAndForth) return { told: withClaimant(told, { address: gateway, mac, at, believed }), drafts };
  const others = latelyIn(known, at);
  if (others.length >= CROWD) {
    // Who is right nobody can say any more; the one before them all goes on being believed.
    const isNews = others.length === CROWD && !others.includes(mac);
    const draft = isNews ? [crowded(gateway, { from: believed, to: mac, count: CROWD + 1 })] : [];
    return { told: withClaimant(told, { address: gateway, mac, at, believed }), drafts: [...drafts, ...draft] };
  }
  const draft = changed(gateway, { from: believed, to: mac, owner });
  return { told: withClaimant(told, { address: gateway, mac, at, believed: mac }), drafts: [...drafts, draft] };
}

/** Who answered for it within the hour. */
const latelyIn = (known: GatewayMacs | undefined, at: Instant): readonly Mac[] =>
  [...(known?.seen ?? [])].flatMap(([mac, seenAt]) => (lately(seenAt, at) ? [mac] : []));

/** So many that claimed one gateway within an hour are told one by one; then it is one story. */
const CROWD = 3;

function crowded(address: Address, { from, to, count }: { from: Mac; to: Mac; count: number }): ChangeDraft {
  const text = `gateway ${address} is claimed by ${count} hardware addresses within an hour: more of them are not told until they are quiet for one`;
  return {
    kind: 'gateway.changed',
    device: null,
    before: { address, mac: from },
    after: { address, mac: to, severity: 'high', claimants: count, text },
  };
}

function changed(address: Address, { from, to, owner }: { from: Mac; to: Mac; owner: Device | undefined }): ChangeDraft {
  const text = `gateway ${address} now answers from ${to}, and did from ${from}: unless it was replaced, somebody stands in between`;
  return {
    kind: 'gateway.changed',
    device: owner?.id ?? null,
    before: { address, mac: from },
    after: { address, mac: to, severity: 'high', text },
  };
}
