import type { Device, Instant, Presence } from '../core/index.ts';

/** A stretch of one presence. `to` is null while it lasts. */
export interface Session {
  readonly presence: Presence;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** A stretch of time somebody asks about. */
export interface Stretch {
  readonly since: Instant;
  readonly until: Instant;
}

/** What may be asked of comings and goings. */
export interface Attending {
  /** Since when each device is what it is: present, away or unknown. Devices of which nobody can say are not in it. */
  presenceSince(): Promise<ReadonlyMap<Device['id'], Instant>>;
  /** What a device was when, within a stretch of time and up to now, without holes from its first sighting on. */
  sessionsOf(device: Device, stretch: Stretch): Promise<readonly Session[]>;
  /** The same of many devices at once. */
  sessionsOfMany(devices: readonly Device[], stretch: Stretch): Promise<ReadonlyMap<Device['id'], readonly Session[]>>;
}
