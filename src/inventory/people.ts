import type { Device, DeviceType } from '../core/index.ts';

/** What a device is: by the word of a person, else by guess. */
export type TypeOf = (device: Device) => DeviceType | null;

/** unknown: none is present, but of one that counts nobody can say. */
export type Whereabouts = 'home' | 'away' | 'unknown';

/** Somebody who owns devices, or a group of devices. */
export interface Party {
  readonly name: string;
  readonly is: Whereabouts;
  readonly devices: readonly Device[];
  /** Those whose presence counts: what a person carries, all that is in a group. */
  readonly counted: readonly Device[];
}

/** Whether its presence is its owner's: by word, else by its type. */
export const isCarried = (device: Device, typeOf: TypeOf): boolean => device.labels.carried ?? CARRIED.has(typeOf(device));

const CARRIED: ReadonlySet<DeviceType | null> = new Set<DeviceType>(['phone', 'watch', 'tablet']);

/** Everybody who owns a device, by name. */
export function peopleOf(devices: Iterable<Device>, typeOf: TypeOf): Party[] {
  const owned = membersOf(devices, ownersOf);
  return parties(owned, (all) => carriedOf(all, typeOf));
}

/** Every group that a device is in, by name. */
export const groupsOf = (devices: Iterable<Device>): Party[] => parties(membersOf(devices, groupNamesOf), (all) => all);

export const ownersOf = ({ labels: { owner } }: Device): readonly string[] => (owner === null ? [] : [owner]);
export const groupNamesOf = ({ labels }: Device): readonly string[] => labels.groups;

function membersOf(devices: Iterable<Device>, namesOf: (device: Device) => readonly string[]): Map<string, Device[]> {
  const members = new Map<string, Device[]>();
  for (const device of devices)
    for (const name of namesOf(device)) {
      const known = members.get(name);
      if (known) known.push(device);
      else members.set(name, [device]);
    }
  return members;
}

function parties(members: ReadonlyMap<string, Device[]>, counting: (devices: readonly Device[]) => readonly Device[]): Party[] {
  const named = [...members].map(([name, devices]): Party => {
    const counted = counting(devices);
    return { name, is: whereabouts(counted), devices, counted };
  });
  return named.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a person carries: by word, else by type; of somebody who carries nothing, every device counts. */
function carriedOf(devices: readonly Device[], typeOf: TypeOf): readonly Device[] {
  const carried = devices.filter((device) => isCarried(device, typeOf));
  return carried.length > 0 ? carried : devices;
}

function whereabouts(devices: readonly Device[]): Whereabouts {
  if (devices.some(({ presence }) => presence === 'present')) return 'home';
  return devices.every(({ presence }) => presence === 'away') ? 'away' : 'unknown';
}
