import type { SlimItem } from '../contract/index.ts';
import type { Device, DeviceId } from '../core/index.ts';
import type { RollView } from '../watch/index.ts';
import { instantToJson } from './moment.ts';

type Groups = Extract<SlimItem, { kind: 'standing' }>['groups'];
type Stand = Pick<Device, 'presence' | 'lastSeen'>;

const indexes = new WeakMap<RollView, ReadonlyMap<DeviceId, Device>>();

/** The devices of a roll by id, made once for all who ask. */
export function devicesById(view: RollView): ReadonlyMap<DeviceId, Device> {
  const known = indexes.get(view) ?? new Map(view.devices.map((device) => [device.id, device]));
  indexes.set(view, known);
  return known;
}

/** What one reader was told of presence and last sightings, so that it hears what became otherwise without a change. */
export class Standing {
  #told: RollView;
  /** Those of whom a commit told since. */
  readonly #since = new Map<DeviceId, Stand>();

  constructor(told: RollView) {
    this.#told = told;
  }

  /** A commit told the reader of these devices. */
  note(devices: readonly Device[]): void {
    for (const device of devices) this.#since.set(device.id, device);
  }

  /** What differs from what it was told; from now on it was told this view. */
  catchUp(view: RollView): Groups {
    if (view === this.#told && this.#since.size === 0) return [];
    const before = devicesById(this.#told);
    const otherwise = view.devices.filter((device) => !alike(this.#since.get(device.id) ?? before.get(device.id), device));
    this.#told = view;
    this.#since.clear();
    return standingOf(otherwise);
  }
}

const alike = (was: Stand | undefined, { presence, lastSeen }: Stand): boolean => was?.presence === presence && was.lastSeen === lastSeen;

/** Few groups of many devices: a sweep sees thousands at the same moment. */
export function standingOf(devices: readonly Device[]): Groups {
  const groups = Map.groupBy(devices, ({ presence, lastSeen }) => `${presence} ${lastSeen}`);
  return [...groups.values()].map((alikes) => {
    const { presence, lastSeen } = alikes[0] as Device;
    return { presence, lastSeen: instantToJson(lastSeen), devices: alikes.map(({ id }) => id) };
  });
}
