import { byAddress, type Device, type DeviceAddress, type Mac, macInAddress } from '../core/index.ts';

/** The addresses of a device of which it is known under which of its hardware addresses it was seen there. */
export interface Places {
  /** Under those that leave it. */
  readonly theirs: readonly DeviceAddress[];
  /** Under those that stay. */
  readonly own: readonly DeviceAddress[];
}

export function placesOf(device: Device, leaving: ReadonlySet<Mac>): Places {
  const under = (wanted: (mac: Mac) => boolean): DeviceAddress[] =>
    device.addresses.filter((entry) => {
      const mac = entry.mac ?? macInAddress(entry.address);
      return mac !== undefined && device.macs.some((card) => card.mac === mac) && wanted(mac);
    });
  return { theirs: under((mac) => leaving.has(mac)), own: under((mac) => !leaving.has(mac)) };
}

/** Who leaves is where its hardware addresses were seen, and where it was believed to be if nobody else of the whole was seen there. */
export function placesGained(known: readonly DeviceAddress[], { addresses }: Device, { theirs, own }: Places): readonly DeviceAddress[] {
  // Seen elsewhere since, it has left where the whole is not any more.
  const still = theirs.length === 0 ? known : known.filter(({ address }) => holds(addresses, address));
  const doubtful = still.filter(({ address }) => !holds(own, address) && !holds(theirs, address));
  const places = [...theirs.map(bare), ...doubtful].sort(byAddress);
  return places.length === 0 ? known : places;
}

/** Who stays has left where only the others were seen, and is where its own were; by something it must be known again. */
export function placesLeft(left: Device, whole: Device, { theirs, own }: Places): Device {
  if (theirs.length + own.length === 0) return left;
  const kept = left.addresses.filter(({ address }) => !holds(theirs, address));
  const addresses = [...kept, ...own.filter(({ address }) => !holds(kept, address))].sort(byAddress);
  if (addresses.length > 0) return { ...left, addresses };
  return left.addresses.length > 0 ? left : { ...left, addresses: whole.addresses };
}

const holds = (places: readonly DeviceAddress[], address: string): boolean => places.some((entry) => entry.address === address);
const bare = ({ address, seenAt }: DeviceAddress): DeviceAddress => ({ address, seenAt });
