import type { Device, DeviceId } from '../core/index.ts';

/** All devices of one site as believed after a commit. Replaced whole, never edited. */
export interface Roll {
  readonly site: string;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  /** Highest id ever given; the next device gets the one after. */
  readonly lastDevice: DeviceId;
}

export function rollOf(site: string, devices: readonly Device[], lastDevice: DeviceId): Roll {
  return { site, devices: new Map(devices.map((device) => [device.id, device])), lastDevice };
}

/** The roll with some devices replaced or added. */
export function withDevices(roll: Roll, replaced: readonly Device[]): Roll {
  if (replaced.length === 0) return roll;
  const devices = new Map(roll.devices);
  let lastDevice = roll.lastDevice;
  for (const device of replaced) {
    devices.set(device.id, device);
    lastDevice = Math.max(lastDevice, device.id);
  }
  return { site: roll.site, devices, lastDevice };
}
