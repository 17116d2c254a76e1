import type { Address, Device, DeviceId, Mac, Observation } from '../core/index.ts';
import { formerPlaces } from './merge-members.ts';
import type { Roll } from './roll.ts';

/** Why an observation was taken for this device. */
export type IdentityReason =
  | 'mac' // a device with that hardware address is known
  | 'address' // no hardware address was seen; the device last seen at that address, or one that was merged into it
  | 'address gained mac' // the device at that address had no hardware address until now
  | 'new mac' // nobody has that hardware address
  | 'new address'; // no hardware address, and nobody was ever seen there

export interface Sighted {
  readonly device: DeviceId;
  readonly known: boolean;
  readonly reason: IdentityReason;
  readonly observations: readonly Observation[];
}

/**
 * Which device each host of a scan is: by hardware address, else by network address. Hosts with a MAC claim
 * their devices first, so that a nameless answer at somebody's former address cannot take the device away.
 */
export function identify(roll: Roll, observations: readonly Observation[]): Sighted[] {
  const claims = new Claims(roll);
  for (const observation of observations) if (observation.mac) claims.byMac(observation, observation.mac);
  for (const observation of observations) if (!observation.mac) claims.byAddress(observation);
  return claims.all();
}

/** Who holds which identifier, before this scan and as it goes. */
class Claims {
  readonly #macs = new Map<Mac, DeviceId>();
  readonly #holders = new Map<Address, Device[]>();
  readonly #former: ReadonlyMap<Address, Device>;
  /** Who this very scan saw at an address: a second, nameless answer from there is theirs. */
  readonly #seenAt = new Map<Address, DeviceId>();
  readonly #sighted = new Map<DeviceId, { known: boolean; reason: IdentityReason; observations: Observation[]; withMac: boolean }>();
  #next: DeviceId;

  constructor(roll: Roll) {
    this.#next = roll.lastDevice + 1;
    this.#former = formerPlaces(roll);
    for (const device of roll.devices.values()) {
      for (const { mac } of device.macs) this.#macs.set(mac, device.id);
      for (const { address } of device.addresses) this.#holdAddress(address, device);
    }
  }

  #holdAddress(address: Address, device: Device): void {
    const holders = this.#holders.get(address);
    if (holders) holders.push(device);
    else this.#holders.set(address, [device]);
  }

  /** Of several devices that claim one address, the one seen there last is meant; who was seen elsewhere by its MAC is not. */
  #holderOf(address: Address): Device | undefined {
    const free = (this.#holders.get(address) ?? []).filter(({ id }) => !this.#sighted.get(id)?.withMac);
    return free.reduce<Device | undefined>(
      (last, device) => (last && seenThere(last, address) >= seenThere(device, address) ? last : device),
      undefined,
    );
  }

  byMac(observation: Observation, mac: Mac): void {
    const owner = this.#macs.get(mac);
    if (owner !== undefined) return this.#claim(owner, observation, 'mac');
    const holder = this.#holderOf(observation.address);
    const gains = holder !== undefined && holder.macs.length === 0 && !this.#sighted.has(holder.id);
    const device = gains ? holder.id : this.#next++;
    this.#macs.set(mac, device);
    this.#claim(device, observation, gains ? 'address gained mac' : 'new mac');
  }

  byAddress(observation: Observation): void {
    const there = this.#seenAt.get(observation.address);
    if (there !== undefined) return this.#claim(there, observation, 'address');
    const holder = this.#holderOf(observation.address) ?? this.#former.get(observation.address);
    if (holder) return this.#claim(holder.id, observation, 'address');
    this.#claim(this.#next++, observation, 'new address');
  }

  #claim(device: DeviceId, observation: Observation, reason: IdentityReason): void {
    if (!this.#seenAt.has(observation.address)) this.#seenAt.set(observation.address, device);
    const entry = this.#sighted.get(device);
    if (entry) entry.observations.push(observation);
    else {
      const known = reason === 'mac' || reason === 'address' || reason === 'address gained mac';
      this.#sighted.set(device, { known, reason, observations: [observation], withMac: observation.mac !== null });
    }
  }

  all(): Sighted[] {
    return [...this.#sighted].map(([device, { known, reason, observations }]) => ({ device, known, reason, observations }));
  }
}

function seenThere(device: Device, address: Address): number {
  return device.addresses.find((entry) => entry.address === address)?.seenAt ?? 0;
}
