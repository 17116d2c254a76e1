import type { Device, DeviceId, Incident, Instant, MirroredDevice, Picture } from '../../core/index.ts';
import { groupsOf, peopleOf } from '../../inventory/index.ts';
import { countPresence, mirroredDevice, mirroredParty, typeOf } from './mirrored.ts';

/** What a picture is made of. */
export interface Scene {
  readonly now: Instant;
  readonly devices: readonly Device[];
  readonly drift: number | null;
  /** Those that are open; null: nobody can say. */
  readonly incidents: readonly Incident[] | null;
  readonly daemon: Picture['daemon'];
}

/** Makes pictures, in which whatever is as before is the same object as before. */
export class Painter {
  #devices: ReadonlyMap<DeviceId, { readonly source: Device; readonly mirrored: MirroredDevice }> = new Map();
  #last: Picture | null = null;

  /** The picture, or null where nothing of it differs from the one before. Gives way between devices. */
  *paint({ now, devices, drift, incidents, daemon }: Scene): Generator<void, Picture | null> {
    const mirrored = yield* this.#mirror(devices);
    const last = this.#last;
    const picture: Picture = {
      devices: sameList(last?.devices, mirrored),
      people: keeping(last?.people, peopleOf(devices, typeOf).map(mirroredParty)),
      groups: keeping(last?.groups, groupsOf(devices).map(mirroredParty)),
      counts: as(last?.counts, { ...countPresence(devices, now), drift, incidents: incidents?.length ?? null }),
      incidents: incidents === null ? null : keeping(last?.incidents ?? [], incidents.map(mirroredIncident)),
      daemon: as(last?.daemon, daemon),
    };
    if (last !== null && KEYS.every((key) => last[key] === picture[key])) return null;
    this.#last = picture;
    return picture;
  }

  *#mirror(devices: readonly Device[]): Generator<void, MirroredDevice[]> {
    const before = this.#devices;
    const now = new Map<DeviceId, { readonly source: Device; readonly mirrored: MirroredDevice }>();
    for (const source of devices) {
      const old = before.get(source.id);
      const mirrored = old?.source === source ? old.mirrored : as(old?.mirrored, mirroredDevice(source));
      now.set(source.id, { source, mirrored });
      if (now.size % 100 === 0) yield;
    }
    this.#devices = now;
    return [...now.values()].map(({ mirrored }) => mirrored);
  }
}

const KEYS = ['devices', 'people', 'groups', 'counts', 'incidents', 'daemon'] as const satisfies readonly (keyof Picture)[];

const mirroredIncident = ({ id, rule, urgency, title, count, openedAt, changedAt, acknowledged }: Incident) => ({
  id,
  rule,
  urgency,
  title,
  count,
  openedAt,
  changedAt,
  acknowledged,
});

/** The old one where both say the same. */
function as<T>(old: T | undefined, now: T): T {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(now) ? old : now;
}

/** The old list where both hold the same objects. */
function sameList<T>(old: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  return old?.length === now.length && now.every((one, i) => one === old[i]) ? old : now;
}

/** The list with the objects of the old one wherever they say the same. */
function keeping<T>(old: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  const known = new Map((old ?? []).map((one) => [JSON.stringify(one), one]));
  return sameList(
    old,
    now.map((one) => known.get(JSON.stringify(one)) ?? one),
  );
}
