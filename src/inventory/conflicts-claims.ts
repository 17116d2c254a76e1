import type { Address, Device, Instant, Mac, Observation } from '../core/index.ts';
import type { Roll } from './roll.ts';

/** Who answers where in one look, beside who is known to hold what. */
export interface Claims {
  /** Hardware addresses that answered at an address. */
  readonly at: ReadonlyMap<Address, ReadonlySet<Mac>>;
  /** Addresses at which a hardware address answered. */
  readonly by: ReadonlyMap<Mac, ReadonlySet<Address>>;
  readonly ownerOf: (mac: Mac) => Device | undefined;
  readonly holdersOf: (address: Address) => readonly Device[];
}

export function claimsOf(roll: Roll, observations: readonly Observation[]): Claims {
  const at = new Map<Address, Set<Mac>>();
  const by = new Map<Mac, Set<Address>>();
  for (const { address, mac } of observations) {
    if (mac === null) continue;
    entry(at, address).add(mac);
    entry(by, mac).add(address);
  }
  const [owners, holders] = knownClaims(roll, at, by);
  return { at, by, ownerOf: (mac) => owners.get(mac), holdersOf: (address) => holders.get(address) ?? [] };
}

/** Only of what this look is about: most looks are a few frames, most rolls are long. */
function knownClaims(
  roll: Roll,
  at: ReadonlyMap<Address, unknown>,
  by: ReadonlyMap<Mac, unknown>,
): [ReadonlyMap<Mac, Device>, ReadonlyMap<Address, readonly Device[]>] {
  const owners = new Map<Mac, Device>();
  const holders = new Map<Address, Device[]>();
  for (const device of roll.devices.values()) {
    for (const { mac } of device.macs.filter((card) => by.has(card.mac))) owners.set(mac, device);
    for (const { address } of device.addresses.filter((place) => at.has(place.address))) append(holders, address, device);
  }
  return [owners, holders];
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function entry<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const set = map.get(key) ?? new Set();
  map.set(key, set);
  return set;
}

/** When a device was seen at an address; undefined where it is not believed to be. */
export const seenThere = (device: Device, address: Address): Instant | undefined =>
  device.addresses.find((held) => held.address === address)?.seenAt;

/** Virtual routers hand their address on by design: VRRP and CARP (v4, v6), HSRP (1, 2, v6), GLBP. */
const VIRTUAL = /^(?:00:00:5e:00:0[12]|00:00:0c:07:ac|00:00:0c:9f:f|00:05:73:a0:0|00:07:b4:00)/;

export const isVirtualRouter = (mac: Mac): boolean => VIRTUAL.test(mac);

/** One hardware address that answers for many: a router that does so for others (proxy ARP), or somebody who pretends to. */
export function proxiesIn(
  { at, by }: Pick<Claims, 'at' | 'by'>,
  { least, share }: { readonly least: number; readonly share: number },
): Mac[] {
  return [...by].filter(([, addresses]) => addresses.size >= least && addresses.size > at.size * share).map(([mac]) => mac);
}
