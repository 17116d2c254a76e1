import { canonicalAddress, canonicalMac, type Device, type DeviceAddress, deviceName, Fault } from '../core/index.ts';
import { type Roll, wholesOf } from '../inventory/index.ts';

/**
 * The device a person means by id, alias, name, MAC or address; for one that was merged, by its id or by what only it was
 * called, what it is part of by now. Fault not-found, or bad-input when several fit.
 */
export function findDevice(roll: Roll, reference: string): Device {
  const live = candidates(roll.devices, reference);
  const found = live.length > 0 && !partById(roll, reference) ? live : wholesNamed(roll, reference);
  if (found.length === 1) return found[0] as Device;
  const shown = JSON.stringify(reference.slice(0, 80));
  if (found.length === 0) throw new Fault('not-found', `finding device ${shown}: none is called that`, 'list them with "rollcall devices"');
  const more = found.length > MOST_SHOWN ? `, and ${found.length - MOST_SHOWN} more` : '';
  const fitting = `${found.slice(0, MOST_SHOWN).map(choice).join(', ')}${more}`;
  throw new Fault('bad-input', `finding device ${shown}: ${found.length} fit: ${fitting}`, 'use the id');
}

/** Most devices shown to choose from. */
const MOST_SHOWN = 10;

/** "3 (printer, at 10.0.0.2)": where it was seen last, as names alike are what makes one choose. */
function choice(device: Device): string {
  const last = device.addresses.reduce<DeviceAddress | undefined>((a, b) => (a && a.seenAt >= b.seenAt ? a : b), undefined);
  const place = last ? `at ${last.address}` : (device.macs[0]?.mac ?? 'no address known');
  return `${device.id} (${deviceName(device) ?? 'unnamed'}, ${place})`;
}

/** The merged device that a reference names and that makes `findDevice` find another; null when it finds what was named. */
export function partNamed(roll: Roll, reference: string): Device | null {
  const part = partById(roll, reference);
  if (part) return part;
  return candidates(roll.devices, reference).length > 0 ? null : (partsNamed(roll, reference)[0] ?? null);
}

/** An id means one device for ever, whatever others are called. */
const partById = ({ merged }: Roll, reference: string): Device | undefined => byId(merged, reference);

/** Not by address: whoever is found there now need not be who was there once. */
const partsNamed = ({ merged }: Roll, reference: string): Device[] =>
  canonicalAddress(reference) === undefined ? candidates(merged, reference) : [];

function wholesNamed(roll: Roll, reference: string): Device[] {
  const wholes = partsNamed(roll, reference).flatMap((part) => wholesOf(roll, part).at(-1) ?? []);
  return [...new Map(wholes.map((whole) => [whole.id, whole])).values()];
}

type Devices = Roll['devices'];

const byId = (devices: Devices, reference: string): Device | undefined =>
  /^\d{1,15}$/.test(reference) ? devices.get(Number(reference)) : undefined;

/** The best kind of match wins: an id before a user's name, that before a hardware address, and so on. */
function candidates(known: Devices, reference: string): Device[] {
  const named = byId(known, reference);
  if (named) return [named];
  const devices = [...known.values()];
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
