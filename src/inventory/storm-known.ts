import {
  type Address,
  type Coverage,
  countAddresses,
  coversAddress,
  type Device,
  type Mac,
  type Observation,
  parseAddress,
} from '../core/index.ts';
import { claimsOf, proxiesIn } from './conflicts-claims.ts';
import { formerPlaces } from './merge-members.ts';
import type { Roll } from './roll.ts';

/** Observations of one look: of whom we know, and of strangers by their key. */
export interface Sorted {
  readonly known: readonly Observation[];
  readonly strangers: ReadonlyMap<string, readonly Observation[]>;
}

export function sortOut(roll: Roll, observations: readonly Observation[]): Sorted {
  const isKnown = knownIn(roll, observations);
  const { known = [], strange = [] } = Object.groupBy(observations, (one) => (isKnown(one) ? 'known' : 'strange'));
  return { known, strangers: Map.groupBy(strange, ({ mac, address }) => mac ?? address) };
}

/** Those of the observations that are of somebody on the roll. */
export function knownAmong(roll: Roll, observations: readonly Observation[]): ReadonlySet<Observation> {
  const isKnown = knownIn(roll, observations);
  return new Set(observations.filter(isKnown));
}

/** As {@link identify} does: by hardware address; by address when none was seen, or when its holder has none yet. */
function knownIn(roll: Roll, observations: readonly Observation[]): (one: Observation) => boolean {
  const [macs, addresses] = [new Set(observations.map(({ mac }) => mac)), new Set(observations.map(({ address }) => address))];
  const owned = new Set<Mac>();
  const [held, heldUnnamed] = [new Set<Address>(formerPlaces(roll).keys()), new Set<Address>()];
  for (const device of roll.devices.values()) {
    for (const { mac } of device.macs.filter((card) => macs.has(card.mac))) owned.add(mac);
    const unnamed = device.macs.length === 0 ? heldUnnamed : held;
    for (const { address } of device.addresses.filter((place) => addresses.has(place.address))) {
      held.add(address);
      unnamed.add(address);
    }
  }
  return ({ mac, address }) => (mac === null ? held.has(address) : owned.has(mac) || heldUnnamed.has(address));
}

/** One that answers for so many, and for more than half of all, is believed only where it was before. */
const EVERYTHING = { least: 16, share: 0.5 } as const;

/** The observations without those made by one that answers for everything; of a stranger, one is left to tell of it. */
export function withoutProxied(roll: Roll, observations: readonly Observation[]): readonly Observation[] {
  const claims = claimsOf(roll, observations);
  const proxies = new Set(proxiesIn(claims, EVERYTHING));
  if (proxies.size === 0) return observations;
  const shown = new Set<Mac>();
  return observations.filter(({ mac, address }) => {
    if (mac === null || !proxies.has(mac)) return true;
    const owner = claims.ownerOf(mac);
    if (owner) return holds(owner, address);
    if (shown.has(mac) || claims.holdersOf(address).length > 0) return false;
    shown.add(mac);
    return true;
  });
}

const holds = (device: Device, address: Address): boolean => device.addresses.some((entry) => entry.address === address);

/** How many devices that ever answered a look are present where this one was; anywhere, for one that covers nothing. Who was only heard says nothing of how many can be true. */
export function presentThere(roll: Roll, coverage: Coverage): number {
  const isThere = ({ address }: { readonly address: Address }): boolean => {
    const value = parseAddress(address);
    return value !== undefined && coversAddress(coverage, value);
  };
  const present = [...roll.devices.values()].filter(({ presence, rhythm }) => presence === 'present' && rhythm !== null);
  return coverage.addresses.length === 0 ? present.length : present.filter(({ addresses }) => addresses.some(isThere)).length;
}

/** Nearly every address that was asked answers, and nobody shows a hardware address: a firewall answers for all. */
export function isEverythingUp(observations: readonly Observation[], coverage: Coverage): boolean {
  const up = new Set(observations.filter(({ mac }) => mac === null).map(({ address }) => address)).size;
  return up >= 64 && BigInt(up) * 10n >= countAddresses(coverage.addresses) * 9n;
}
