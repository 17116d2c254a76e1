import { type Address, type Device, type Instant, type Mac, type Millis, parseAddress } from '../core/index.ts';
import { type Claims, isVirtualRouter, seenThere } from './conflicts-claims.ts';
import { type ConflictsTold, splitAt } from './conflicts-told.ts';
import { evidenceOf } from './propose-merges-evidence.ts';

/** Two that answer at one address. */
export interface AddressConflict {
  readonly address: Address;
  readonly macs: readonly Mac[];
  readonly devices: readonly Device[];
  /** The end of a sentence: why this is no move. */
  readonly how: string;
}

/** For so long an address is that of whoever was seen there. */
const HELD: Millis = 5 * 60_000;

/** Conflicts at IPv4 addresses; who answers for many (`proxies`) is left to the change that tells of that. */
export function addressConflicts(
  claims: Claims,
  { proxies, told, at }: { readonly proxies: ReadonlySet<Mac>; readonly told: Splits; readonly at: Instant },
): AddressConflict[] {
  return [...claims.at].flatMap(([address, all]) => {
    if (parseAddress(address)?.family !== 4) return [];
    const macs = [...all].filter((mac) => !isVirtualRouter(mac) && !proxies.has(mac)).sort();
    const found = atOnce(claims, { address, macs }) ?? inTurn(claims, { address, macs, told, at });
    return found ? [found] : [];
  });
}

type Splits = Pick<ConflictsTold, 'splits'>;

interface Place {
  readonly address: Address;
  readonly macs: readonly Mac[];
}

function atOnce(claims: Claims, { address, macs }: Place): AddressConflict | null {
  const two = macs.find((mac, i) => macs.slice(0, i).some((other) => !isOne(claims.ownerOf(mac), claims.ownerOf(other))));
  if (two === undefined) return null;
  return { address, macs, devices: ownersOf(claims, macs), how: 'both answered in one look' };
}

function ownersOf(claims: Claims, macs: readonly Mac[]): Device[] {
  return [...new Set(macs.flatMap((mac) => claims.ownerOf(mac) ?? []))];
}

/** Another one answers where somebody was seen minutes ago, who has not moved: a move shows at the new address. */
function inTurn(
  claims: Claims,
  { address, macs, told, at }: Place & { readonly told: Splits; readonly at: Instant },
): AddressConflict | null {
  const [mac] = macs;
  if (mac === undefined) return null;
  const owner = claims.ownerOf(mac);
  const found = claims.holdersOf(address).flatMap((holder) => rivalry(claims, holder, { address, owner, told, at }) ?? []);
  const [first] = found;
  if (!first) return null;
  const { holder, card, how } = first;
  return { address, macs: [card, mac].sort(), devices: owner ? [holder, owner] : [holder], how };
}

interface Rival {
  readonly address: Address;
  /** Who answers there now, as far as it is known. */
  readonly owner: Device | undefined;
  readonly told: Splits;
  readonly at: Instant;
}

function rivalry(claims: Claims, holder: Device, { address, owner, told, at }: Rival): { holder: Device; card: Mac; how: string } | null {
  const seenAt = seenThere(holder, address) ?? 0;
  // Seen there while they were one: nobody can say which of them that was.
  const wasOne = owner !== undefined && seenAt <= (splitAt(told, holder.id, owner.id) ?? -1);
  const card = wasOne || at - seenAt > HELD ? undefined : rivalCard(holder, owner);
  if (card === undefined) return null;
  const how = stays(claims, holder, address) ?? returns(owner, { address, seenAt, at });
  return how === null ? null : { holder, card, how };
}

/** The card of a holder that is plainly somebody else than who answers now; a virtual router's address is meant to move. */
function rivalCard(holder: Device, owner: Device | undefined): Mac | undefined {
  const card = holder.macs[0]?.mac;
  const rival = card !== undefined && !isVirtualRouter(card) && !isOne(holder, owner) && !sharesName(holder, owner);
  return rival ? card : undefined;
}

/** The holder is still where else it was before: it only lost this address. */
function stays({ by }: Claims, holder: Device, lost: Address): string | null {
  const places = holder.macs.flatMap(({ mac }) => [...(by.get(mac) ?? [])]);
  const stayed = places.find((place) => place !== lost && seenThere(holder, place) !== undefined);
  return stayed === undefined || places.includes(lost) ? null : `its holder still answers at ${stayed}`;
}

/** It was here before the holder, who came minutes ago: they take turns. */
function returns(owner: Device | undefined, { address, seenAt, at }: { address: Address; seenAt: Instant; at: Instant }): string | null {
  const before = owner && seenThere(owner, address);
  return before !== undefined && before < seenAt && at - before <= HELD ? 'they answer in turn' : null;
}

/** One machine with several network cards, or a dock: known as one device, or by one identifier. */
function isOne(a: Device | undefined, b: Device | undefined): boolean {
  if (!a || !b) return false;
  return a.id === b.id || shares(a, b, true);
}

/** A laptop that leaves its dock keeps its name. */
const sharesName = (a: Device, b: Device | undefined): boolean => b !== undefined && shares(a, b, false);

function shares(a: Device, b: Device, strong: boolean): boolean {
  const theirs = new Set(evidenceOf(b).map(({ key }) => key));
  return evidenceOf(a).some((one) => one.strong === strong && theirs.has(one.key));
}
