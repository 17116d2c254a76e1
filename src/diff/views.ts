import { byAddress, type Device, type ScriptSeen, type View, type ViewDevice, type ViewEntry } from '../core/index.ts';
import { entryOf, type HostSeen, sameDevices, viewDeviceOf } from './look.ts';

/** What a view is of, beside its devices. */
export type ViewFrame = Omit<View, 'entries' | 'read' | 'close'>;

/** One look at the network, held in memory: the hosts of a file or of a scan, each device of theirs once. */
export function viewOf({ hosts, ...frame }: ViewFrame & { readonly hosts: readonly HostSeen[] }): View {
  const groups = sameDevices(hosts.map(({ observation }) => observation)).map((places) => places.map((place) => hosts[place] as HostSeen));
  return {
    ...frame,
    entries: groups.map((group) => entryOf(group.map(({ observation }) => observation))),
    read: (entry) => viewDeviceOf(groups[entry] as readonly HostSeen[], frame.coverage, entry),
    close: () => undefined,
  };
}

/** Devices as the store believed in them, held in memory. Those who are there, and were seen last, are meant first. */
export function viewOfDevices({
  devices,
  scripts,
  ...frame
}: ViewFrame & {
  readonly devices: readonly Device[];
  /** What is known to have been printed by scripts; left out, nothing. */
  readonly scripts?: (device: Device) => readonly ScriptSeen[];
}): View {
  const ranked = [...devices].sort(byClaim);
  return {
    ...frame,
    entries: ranked.map(storedEntry),
    read: (entry): ViewDevice => {
      const device = ranked[entry] as Device;
      return { device, unlisted: [], scripts: scripts?.(device) ?? [] };
    },
    close: () => undefined,
  };
}

const PRESENCE: Readonly<Record<Device['presence'], number>> = { present: 0, unknown: 1, away: 2 };

function byClaim(a: Device, b: Device): number {
  return PRESENCE[a.presence] - PRESENCE[b.presence] || b.lastSeen - a.lastSeen || a.id - b.id;
}

function storedEntry({ id, macs, addresses, names }: Device): ViewEntry {
  return {
    device: id,
    macs: macs.map(({ mac }) => mac),
    addresses: addresses.toSorted(byAddress).map(({ address }) => address),
    names: names.map(({ name }) => name),
    fingerprint: null,
  };
}
