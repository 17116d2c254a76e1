import type { Address, Change, DeviceId, Instant, Mac, Millis } from '../core/index.ts';

/** Which conflicts were told, so that each is told once while it lasts. A value: replaced, never edited. */
export interface ConflictsTold {
  /** When each conflict was last seen, by what it is about ("10.0.0.5", "proxy 02:00:5e:00:00:01"). */
  readonly seen: ReadonlyMap<string, Instant>;
  /** What is known to answer for each gateway. */
  readonly gateways: ReadonlyMap<Address, GatewayMacs>;
  /** When more addresses of a network than are remembered were in conflict last, by the network. */
  readonly crowds: ReadonlyMap<string, Instant>;
  /** When two were made of one, by their numbers ("3 7"): until then each was seen where the other was. */
  readonly splits: ReadonlyMap<string, Instant>;
}

export interface GatewayMacs {
  /** The one it is believed to have. */
  readonly mac: Mac;
  /** When each that answered for it did so last. */
  readonly seen: ReadonlyMap<Mac, Instant>;
}

export const NOTHING_TOLD: ConflictsTold = { seen: new Map(), gateways: new Map(), crowds: new Map(), splits: new Map() };

/** A conflict that was not seen for this long is over; after that it is told anew. */
export const EPISODE: Millis = 60 * 60_000;

/** Most conflicts and claimants that are remembered: a hostile network may invent as many as it likes. */
export const REMEMBERED = 1024;
const CLAIMANTS = 16;

/** What was told, from past changes in any order: {@link CONFLICT_KINDS} of the last day are enough. */
export function conflictsTold(changes: readonly Change[]): ConflictsTold {
  return withTold(NOTHING_TOLD, changes);
}

export const CONFLICT_KINDS = ['address.conflict', 'gateway.changed', 'device.split'] as const;

/** The same with what was told since. */
export function withTold(told: ConflictsTold, changes: readonly Change[]): ConflictsTold {
  return changes.toSorted((a, b) => a.seq - b.seq).reduce(retold, told);
}

function retold(told: ConflictsTold, change: Change): ConflictsTold {
  const { kind, at, after } = change;
  if (kind === 'device.split') return withSplit(told, change);
  const text = (key: string): string | null => (typeof after?.[key] === 'string' ? after[key] : null);
  if (kind === 'address.conflict') {
    const known = withConflicts(told, text('about')?.split(' | ') ?? [], at);
    const where = text('where');
    return where === null ? known : withCrowd(known, where, at);
  }
  const [address, mac] = [text('address'), text('mac')];
  return kind === 'gateway.changed' && address !== null && mac !== null ? withGateway(told, { address, mac, at }) : told;
}

function withSplit(told: ConflictsTold, { device, at, after }: Change): ConflictsTold {
  const wholes = [after?.['wholes'] ?? after?.['from']].flat().filter((id) => typeof id === 'number');
  if (device === null || wholes.length === 0) return told;
  const splits = wholes.reduce((all, id) => all.set(pairOf(id, device), at), new Map(told.splits));
  return { ...told, splits: newest(splits, REMEMBERED) };
}

/** When two devices were made of one; undefined where they never were, as far as it is remembered. */
export const splitAt = ({ splits }: Pick<ConflictsTold, 'splits'>, a: DeviceId, b: DeviceId): Instant | undefined =>
  splits.get(pairOf(a, b));

const pairOf = (a: DeviceId, b: DeviceId): string => `${Math.min(a, b)} ${Math.max(a, b)}`;

export function withConflicts(told: ConflictsTold, keys: readonly string[], at: Instant): ConflictsTold {
  if (keys.length === 0) return told;
  return { ...told, seen: newest(new Map([...told.seen, ...keys.map((key): [string, Instant] => [key, at])]), REMEMBERED) };
}

/** How many more conflicts can be remembered before one that is under way is forgotten. */
export const roomFor = ({ seen }: ConflictsTold, at: Instant): number =>
  [...seen.values()].reduce((room, seenAt) => room - Number(lately(seenAt, at)), REMEMBERED);

export const withCrowd = (told: ConflictsTold, where: string, at: Instant): ConflictsTold => ({
  ...told,
  crowds: newest(new Map(told.crowds).set(where, at), REMEMBERED),
});

/** Whether it is under way: seen within the last episode. A clock that was set back does not begin it anew. */
export const isUnderWay = (told: ConflictsTold, key: string, at: Instant): boolean => lately(told.seen.get(key), at);

export const lately = (seen: Instant | undefined, at: Instant): boolean => seen !== undefined && at - seen < EPISODE;

/** It answered for the gateway and is believed to be it from now on. */
export function withGateway(told: ConflictsTold, { address, mac, at }: { address: Address; mac: Mac; at: Instant }): ConflictsTold {
  return withClaimant(told, { address, mac, at, believed: mac });
}

/** What answered for these gateways is asked of the roll again: what was heard of them was in another network. */
export function withoutGateways(told: ConflictsTold, gateways: readonly Address[]): ConflictsTold {
  if (gateways.every((gateway) => !told.gateways.has(gateway))) return told;
  return { ...told, gateways: new Map([...told.gateways].filter(([gateway]) => !gateways.includes(gateway))) };
}

export interface GatewayClaim {
  readonly address: Address;
  readonly mac: Mac;
  readonly at: Instant;
  readonly believed: Mac;
}

export function withClaimant(told: ConflictsTold, { address, mac, at, believed }: GatewayClaim): ConflictsTold {
  const seen = newest(new Map(told.gateways.get(address)?.seen).set(mac, at), CLAIMANTS);
  return { ...told, gateways: new Map(told.gateways).set(address, { mac: believed, seen }) };
}

function newest<K>(map: ReadonlyMap<K, Instant>, most: number): ReadonlyMap<K, Instant> {
  return map.size <= most ? map : new Map([...map].sort(([, a], [, b]) => b - a).slice(0, most));
}
