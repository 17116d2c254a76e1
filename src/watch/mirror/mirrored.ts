import type { Device, DeviceType, Instant, MirroredDevice, MirroredParty, Picture } from '../../core/index.ts';
import { guessType, type Party } from '../../inventory/index.ts';

/** Of a device that is present it is told to a quarter of an hour when it was seen last: it is seen each minute. */
const QUARTER = 15 * 60_000;
/** Addresses that were seen within this are both where it is. */
const TOGETHER = 60 * 60_000;
const DAY = 24 * 60 * 60_000;

const types = new WeakMap<Device, { readonly type: DeviceType | null }>();

/** What it is: by the word of a person, else by guess, which is made once. */
export function typeOf(device: Device): DeviceType | null {
  if (device.labels.type !== null) return device.labels.type;
  const known = types.get(device) ?? { type: guessType(device)?.type ?? null };
  types.set(device, known);
  return known.type;
}

export function mirroredDevice(device: Device): MirroredDevice {
  const { id, names, presence, macs, labels, firstSeen, lastSeen } = device;
  const hostname = names[0]?.name ?? null;
  return {
    id,
    name: labels.alias ?? hostname,
    hostname,
    presence,
    address: addressOf(device),
    macs: macs.map(({ mac }) => mac),
    vendor: macs.find(({ vendor }) => vendor !== null)?.vendor ?? null,
    type: typeOf(device),
    owner: labels.owner,
    groups: labels.groups,
    firstSeen,
    lastSeen: presence === 'present' ? Math.max(firstSeen, lastSeen - (lastSeen % QUARTER)) : lastSeen,
  };
}

/** One of those where it was seen last, and of several the same each time: an IPv4 address before others. */
function addressOf({ addresses }: Device): string | null {
  const newest = Math.max(...addresses.map(({ seenAt }) => seenAt));
  const now = addresses.filter(({ seenAt }) => newest - seenAt < TOGETHER);
  return (now.find(({ address }) => !address.includes(':')) ?? now[0])?.address ?? null;
}

export const mirroredParty = ({ name, is, counted }: Party): MirroredParty => ({
  name,
  is,
  counted: counted.map(({ id }) => id),
  present: counted.filter(({ presence }) => presence === 'present').length,
});

export function countPresence(devices: readonly Device[], now: Instant): Omit<Picture['counts'], 'drift' | 'incidents'> {
  const counts = { present: 0, away: 0, unknown: 0, fresh: 0 };
  for (const { presence, firstSeen } of devices) {
    counts[presence]++;
    if (firstSeen > now - DAY) counts.fresh++;
  }
  return counts;
}
