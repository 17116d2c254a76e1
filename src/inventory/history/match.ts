import type { Device, DeviceId, Mac, Observation } from '../../core/index.ts';
import { identify } from '../identify.ts';
import { wholesOf } from '../merge-members.ts';
import type { Roll } from '../roll.ts';
import { together } from './combine.ts';
import type { PastDevice } from './past-device.ts';

/** A past and the device on the roll that it is the past of; null: nobody has it yet. */
export interface Matched {
  readonly past: PastDevice;
  readonly device: Device | null;
}

/**
 * Whose pasts these are, by the rules of every look: by hardware address, else by network address. Only, an old record
 * gives nobody a hardware address that it does not have now.
 */
export function matchPasts(roll: Roll, pasts: readonly PastDevice[]): Matched[] {
  const owners = macOwners(roll);
  const byPlace = placesOf(roll, pasts);
  const mine = new Map<DeviceId, PastDevice>();
  const strangers: PastDevice[] = [];
  for (const past of pasts) {
    const owner = past.macs.flatMap(({ mac }) => owners.get(mac) ?? [])[0] ?? byPlace.get(past);
    if (owner === undefined) strangers.push(past);
    else mine.set(owner.id, mine.has(owner.id) ? together(mine.get(owner.id) as PastDevice, past) : past);
  }
  const known = [...mine].map(([id, past]): Matched => ({ past, device: roll.devices.get(id) ?? null }));
  return [...known, ...strangers.map((past): Matched => ({ past, device: null }))];
}

/** Who has a hardware address now; of a merged device its whole. */
function macOwners(roll: Roll): ReadonlyMap<Mac, Device> {
  const owners = new Map<Mac, Device>();
  for (const part of roll.merged.values()) {
    const whole = wholesOf(roll, part).at(-1);
    if (whole && roll.devices.has(whole.id)) for (const { mac } of part.macs) owners.set(mac, whole);
  }
  for (const device of roll.devices.values()) for (const { mac } of device.macs) owners.set(mac, device);
  return owners;
}

/** Whoever is known at the last address of those without a hardware address. */
function placesOf(roll: Roll, pasts: readonly PastDevice[]): ReadonlyMap<PastDevice, Device> {
  const nameless = namelessOf(pasts);
  const found = new Map<PastDevice, Device>();
  if (nameless.size === 0) return found;
  for (const { device, observations } of identify(roll, [...nameless.keys()])) {
    const known = roll.devices.get(device);
    for (const observation of observations) {
      const past = nameless.get(observation);
      if (known && past) found.set(past, known);
    }
  }
  return found;
}

/** Those without a hardware address, as a look would see them. */
function namelessOf(pasts: readonly PastDevice[]): ReadonlyMap<Observation, PastDevice> {
  const found = new Map<Observation, PastDevice>();
  for (const past of pasts) {
    const place = past.macs.length === 0 ? lastPlace(past) : undefined;
    if (place !== undefined) found.set(seenAt(place), past);
  }
  return found;
}

const lastPlace = ({ seenAt: places }: PastDevice): string | undefined => [...places].sort(([, a], [, b]) => b - a)[0]?.[0];

function seenAt(address: string): Observation {
  const nothing = { vendor: null, names: null, reason: '', ports: [], unlisted: [], timedOut: false, os: null };
  return { address, mac: null, seenAt: 0, ...nothing };
}
