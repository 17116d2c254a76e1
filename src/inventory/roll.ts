import type { Device, DeviceId } from '../core/index.ts';
import { ageWholes } from './merge-age.ts';

/** All devices of one site as believed after a commit. Replaced whole, never edited. */
export interface Roll {
  readonly site: string;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  /** Devices that turned out to be others: nobody is looked for among them, but a merge can be taken back. */
  readonly merged: ReadonlyMap<DeviceId, Device>;
  /** Highest id ever given; the next device gets the one after. */
  readonly lastDevice: DeviceId;
}

export function rollOf(site: string, devices: readonly Device[], lastDevice: DeviceId): Roll {
  return withDevices({ site, devices: new Map(), merged: new Map(), lastDevice }, devices);
}

/** The roll with some devices replaced, added or forgotten. */
export function withDevices(roll: Roll, replaced: readonly Device[], forgotten: readonly DeviceId[] = []): Roll {
  if (replaced.length === 0 && forgotten.length === 0) return roll;
  const [devices, merged] = [new Map(roll.devices), new Map(roll.merged)];
  let lastDevice = roll.lastDevice;
  for (const device of replaced) {
    const [home, other] = device.mergedInto === null ? [devices, merged] : [merged, devices];
    home.set(device.id, device);
    other.delete(device.id);
    lastDevice = Math.max(lastDevice, device.id);
  }
  for (const id of forgotten) {
    devices.delete(id);
    merged.delete(id);
  }
  if (replaced.some((device) => partakes(roll, device))) ageWholes(devices, merged);
  return { site: roll.site, devices, merged, lastDevice };
}

/** Whether it is merged, or was, or holds something older that is. */
const partakes = ({ merged }: Roll, { id, mergedInto, ownFirstSeen }: Device): boolean =>
  mergedInto !== null || merged.has(id) || ownFirstSeen !== undefined;
