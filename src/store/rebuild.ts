import { type Device, type DeviceRow, deviceFromFacts, type Fact, type Instant } from '../core/index.ts';

/** A fact and since when it held. */
export interface DatedFact extends Fact {
  readonly from: Instant;
}

export interface Evidence {
  /** Facts that held, of one device, oldest first for each key. */
  readonly facts: readonly DatedFact[];
  /** When each address of the device was seen last, as known today. */
  readonly sightings: ReadonlyMap<string, Instant>;
  /** The moment to rebuild; null for now. */
  readonly at: Instant | null;
}

/** The device as it was believed to be. */
export function rebuildDevice(entry: Omit<DeviceRow, 'lastSeen'>, { facts, sightings, at }: Evidence): Device {
  const held = at === null ? facts : latestOfEach(facts);
  const seenAt = (address: string): Instant | undefined => {
    const seen = sightings.get(address);
    return at === null || (seen !== undefined && seen <= at) ? seen : undefined;
  };
  const seen = held.filter(({ kind }) => kind === 'address').map(({ key }) => seenAt(key));
  const presence = held.find(({ kind }) => kind === 'presence');
  return deviceFromFacts({ ...entry, lastSeen: lastSeen(presence, seen, at) ?? entry.firstSeen }, held, seenAt);
}

/** After a clock was set back two spans of one fact may overlap: the one the later scan opened is right. */
function latestOfEach(facts: readonly DatedFact[]): readonly DatedFact[] {
  return [...new Map(facts.map((fact) => [`${fact.kind} ${fact.key}`, fact])).values()];
}

/**
 * A span of absence says itself when the device was last seen. While present, it is the newest sighting; one after
 * the moment asked for has overwritten the truth, which then lies no further back than the device's tolerance.
 */
function lastSeen(presence: DatedFact | undefined, seen: readonly (Instant | undefined)[], at: Instant | null): Instant | undefined {
  const told = presence?.value.split('@')[1];
  if (told !== undefined) return Number(told);
  const exact = seen.filter((moment) => moment !== undefined);
  if (seen.length === 0) return presence?.from;
  return exact.length === seen.length ? Math.max(...exact) : (at ?? presence?.from);
}
