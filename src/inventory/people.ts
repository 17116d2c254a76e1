import {
  type ChangeDraft,
  type ChangeKind,
  type Device,
  type DeviceId,
  type DeviceType,
  deviceName,
  type JsonObject,
  type Presence,
} from '../core/index.ts';
import type { Roll } from './roll.ts';

/** What type a device is taken for; null when nobody knows. */
export type TypeOf = (device: Device) => DeviceType | null;

/** What people carry with them. */
const CARRIED: ReadonlySet<DeviceType> = new Set(['phone', 'watch', 'tablet']);

/** Whether where a device is says where its owner is: as a person said, else as its type suggests. */
export const isCarried = (device: Device, typeOf: TypeOf): boolean => {
  const type = device.labels.type ?? typeOf(device);
  return device.labels.carried ?? (type !== null && CARRIED.has(type));
};

/** The devices of a person that say whether they are home: what they carry, or all of them when they carry none. */
export function tellingDevices(owned: readonly Device[], typeOf: TypeOf): readonly Device[] {
  const carried = owned.filter((device) => isCarried(device, typeOf));
  return carried.length > 0 ? carried : owned;
}

/** Present when one of them is, away when all of them are, else unknown. */
export function presenceOfAll(devices: readonly Device[]): Presence {
  if (devices.some(({ presence }) => presence === 'present')) return 'present';
  return devices.length > 0 && devices.every(({ presence }) => presence === 'away') ? 'away' : 'unknown';
}

export interface PeopleLook {
  readonly before: Roll;
  readonly after: Roll;
  readonly touched: readonly { readonly before: Device | null; readonly after: Device }[];
  readonly typeOf: TypeOf;
}

/** Who came home or left with the devices that a look touched, and of which groups the first came or the last left. */
export function comparePeople({ before, after, touched, typeOf }: PeopleLook): ChangeDraft[] {
  const moved = touched.filter((step) => step.before?.presence !== step.after.presence).map((step) => step.after);
  const owners = new Set(moved.flatMap(({ labels }) => labels.owner ?? []));
  const groups = new Set(moved.flatMap(({ labels }) => labels.groups));
  if (owners.size + groups.size === 0) return [];
  const sides = (isMember: (device: Device) => boolean): Sides => ({
    was: [...before.devices.values()].filter(isMember),
    is: [...after.devices.values()].filter(isMember),
    moved,
  });
  const people = [...owners].flatMap((name) => {
    const { was, is } = sides(({ labels }) => labels.owner === name);
    const told = { was: tellingDevices(was, typeOf), is: tellingDevices(is, typeOf), moved };
    return turned(told, { name, came: 'person.arrived', left: 'person.left' });
  });
  const bands = [...groups].flatMap((name) =>
    turned(
      sides(({ labels }) => labels.groups.includes(name)),
      { name, came: 'group.first-arrived', left: 'group.last-left' },
    ),
  );
  return [...people, ...bands];
}

interface Sides {
  readonly was: readonly Device[];
  readonly is: readonly Device[];
  /** Whose presence changed. */
  readonly moved: readonly Device[];
}

interface Naming {
  readonly name: string;
  readonly came: ChangeKind;
  readonly left: ChangeKind;
}

/** Only from away to home is an arrival, and only from home, or nobody knew, to away is a departure: learning is neither. */
function turned({ was, is, moved }: Sides, { name, came, left }: Naming): ChangeDraft[] {
  const [old, now] = [presenceOfAll(was), presenceOfAll(is)];
  const kind = old === 'away' && now === 'present' ? came : old !== 'away' && now === 'away' ? left : null;
  if (kind === null || was.length === 0) return [];
  const ids = new Set<DeviceId>(is.map(({ id }) => id));
  const cause = moved.find(({ id, presence }) => ids.has(id) && presence === now);
  return [{ kind, device: null, before: null, after: { name, ...causeSide(cause, kind === came) } }];
}

function causeSide(device: Device | undefined, came: boolean): JsonObject {
  if (!device) return { device: null, text: '' };
  const called = deviceName(device) ?? device.addresses[0]?.address ?? '';
  const text = came ? `${called} (#${device.id}) is here` : `${called} (#${device.id}) was the last to go`;
  return { device: { id: device.id, name: deviceName(device) }, text };
}
