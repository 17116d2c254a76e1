import { canonicalAddress, canonicalMac, type Device, deviceName, Fault } from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';

/** The device a person means by id, alias, name, MAC or address. Fault not-found, or bad-input when several fit. */
export function findDevice(roll: Roll, reference: string): Device {
  const found = candidates(roll, reference);
  if (found.length === 1) return found[0] as Device;
  const shown = JSON.stringify(reference.slice(0, 80));
  if (found.length === 0) throw new Fault('not-found', `finding device ${shown}: none is called that`, 'list them with "rollcall devices"');
  const ids = found.map((device) => `${device.id} (${deviceName(device) ?? device.addresses[0]?.address ?? 'unnamed'})`);
  throw new Fault('bad-input', `finding device ${shown}: ${found.length} fit: ${ids.slice(0, 10).join(', ')}`, 'use the id');
}

/** The best kind of match wins: an id before a user's name, that before a hardware address, and so on. */
function candidates(roll: Roll, reference: string): Device[] {
  const byId = /^\d{1,15}$/.test(reference) ? roll.devices.get(Number(reference)) : undefined;
  if (byId) return [byId];
  const devices = [...roll.devices.values()];
  const wanted = reference.toLowerCase();
  const aliased = devices.filter(({ labels }) => labels.alias?.toLowerCase() === wanted);
  if (aliased.length > 0) return aliased;
  const mac = canonicalMac(reference);
  if (mac) return devices.filter(({ macs }) => macs.some((entry) => entry.mac === mac));
  const address = canonicalAddress(reference);
  if (address) return lastSeenAt(devices, address);
  return devices.filter(({ names }) => names.some(({ name }) => name.toLowerCase() === wanted));
}

/** Of several devices that had an address, the last one seen there is meant. */
function lastSeenAt(devices: readonly Device[], address: string): Device[] {
  const seen = devices.flatMap((device) => {
    const entry = device.addresses.find((candidate) => candidate.address === address);
    return entry ? [{ device, seenAt: entry.seenAt }] : [];
  });
  const newest = Math.max(...seen.map(({ seenAt }) => seenAt));
  return seen.filter(({ seenAt }) => seenAt === newest).map(({ device }) => device);
}
