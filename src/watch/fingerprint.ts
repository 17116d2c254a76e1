import { hash } from 'node:crypto';
import type { Device, DeviceId, View } from '../core/index.ts';
import { flatMapped, unhurried } from './unhurried.ts';

/** The view with a fingerprint for each of its devices, so that those equal on both sides need not be compared. */
export async function fingerprinted(view: View, devices: readonly Device[]): Promise<View> {
  const pairs = await unhurried(flatMapped(devices, (device): [DeviceId, string][] => [[device.id, fingerprintOf(device)]]));
  const prints = new Map<DeviceId | null, string>(pairs);
  return { ...view, entries: view.entries.map((entry) => ({ ...entry, fingerprint: prints.get(entry.device) ?? null })) };
}

/** All that can differ. When it was seen, was called so, or was asked what it serves is no difference. */
function fingerprintOf({ presence, macs, addresses, names, ports, asked, os }: Device): string {
  const places = addresses.map(({ address }) => address);
  const called = names.map(({ name, source }) => [source, name]);
  const serving = ports.map(({ checkedAt: _checkedAt, told: _told, ...port }) => port);
  return hash('sha1', JSON.stringify([presence, macs, places, called, serving, asked, os]), 'base64');
}
