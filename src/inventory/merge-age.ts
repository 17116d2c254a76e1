import type { Device, DeviceId, Instant } from '../core/index.ts';

/** Makes devices first seen when they, or the oldest of what was merged into them, were; and takes that back with the merge. */
export function ageWholes(devices: Map<DeviceId, Device>, merged: Map<DeviceId, Device>): void {
  const ages = agesOf(devices, merged);
  for (const home of [devices, merged]) {
    for (const device of home.values()) {
      const aged = withAge(device, ages.get(device.id));
      if (aged !== device) home.set(aged.id, aged);
    }
  }
}

const ownAge = ({ firstSeen, ownFirstSeen }: Device): Instant => ownFirstSeen ?? firstSeen;

/** Of each whole, when the first of its parts was seen. */
function agesOf(devices: ReadonlyMap<DeviceId, Device>, merged: ReadonlyMap<DeviceId, Device>): ReadonlyMap<DeviceId, Instant> {
  const ages = new Map<DeviceId, Instant>();
  for (const part of merged.values()) {
    const above = new Set<DeviceId>();
    for (let whole: Device | undefined = part; whole && whole.mergedInto !== null; ) {
      const id: DeviceId = whole.mergedInto;
      if (above.has(id)) break;
      above.add(id);
      ages.set(id, Math.min(ages.get(id) ?? Number.POSITIVE_INFINITY, ownAge(part)));
      whole = devices.get(id) ?? merged.get(id);
    }
  }
  return ages;
}

/** The same device when it is so already. */
function withAge(device: Device, ofParts: Instant = Number.POSITIVE_INFINITY): Device {
  const own = ownAge(device);
  const older = ofParts < own;
  if (device.firstSeen === Math.min(own, ofParts) && (device.ownFirstSeen !== undefined) === older) return device;
  const { ownFirstSeen: _, ...rest } = device;
  return older ? { ...rest, firstSeen: ofParts, ownFirstSeen: own } : { ...rest, firstSeen: own };
}
