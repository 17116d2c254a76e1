import { type ComparedDevice, type ComparedSide, type Device, deviceName, type View } from '../core/index.ts';
import { timeText } from './compare-devices.ts';
import type { Seen } from './compare-known.ts';

/** A side in words, with what this very comparison leaves open for the whole of it. */
export function comparedSide(view: View, other: View): ComparedSide {
  return {
    source: view.source,
    title: view.title,
    at: view.at === null ? null : timeText(view.at),
    partial: view.partial,
    warnings: [...view.warnings, ...scriptWarnings(view, other)],
    devices: view.entries.length,
  };
}

/** Said once, not for each device: it is about how the scans were made. */
function scriptWarnings({ scriptChoice: mine, source }: View, { scriptChoice: others }: View): string[] {
  if (mine === others || others === null) return [];
  const none = source === 'moment' || source === 'baseline' ? 'it keeps nothing that scripts said' : 'it ran no scripts';
  if (mine === null) return [`${none}, so what the scripts of the other side (${others}) say is not compared`];
  return [`it ran other scripts (${mine}) than the other side (${others}), so only those that printed on both sides are compared`];
}

/** The device as b has it, else as a has it; a name that the user gave it beats others wherever it is known. */
export function comparedDevice(a: Seen | null, b: Seen | null): ComparedDevice {
  const known = [b, a].filter((seen) => seen !== null);
  const devices = known.map(({ device }) => device);
  const first = <T>(of: (device: Device) => T | null): T | null => devices.map(of).find((value) => value !== null) ?? null;
  const fullest = <T>(of: (device: Device) => readonly T[]): readonly T[] => devices.map(of).find((list) => list.length > 0) ?? [];
  const macs = fullest((device) => device.macs);
  return {
    id: known.find(({ entry }) => entry.device !== null)?.entry.device ?? null,
    name: first(({ labels }) => labels.alias) ?? first(deviceName),
    addresses: fullest((device) => device.addresses).map(({ address }) => address),
    macs: macs.map(({ mac }) => mac),
    vendor: macs.find(({ vendor }) => vendor !== null)?.vendor ?? null,
  };
}
