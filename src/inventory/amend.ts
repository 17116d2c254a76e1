import type { ChangeDraft, Device, Instant, SpanDelta } from '../core/index.ts';
import type { Roll } from './roll.ts';
import { withDevices } from './roll.ts';
import { amendedSpans } from './span-delta.ts';

/** What a person's word makes of the roll: devices before and after, null for one that is new or forgotten. */
export interface Amendment {
  readonly touched: readonly { readonly before: Device | null; readonly after: Device | null }[];
  readonly changes: readonly ChangeDraft[];
}

/** What an amendment makes of the roll, and which spans end and begin with it. */
export interface Amended {
  readonly roll: Roll;
  readonly spans: readonly SpanDelta[];
  readonly created: readonly { readonly device: number; readonly firstSeen: Instant }[];
  /** When its addresses were seen that a device took over from others. */
  readonly sightings: readonly { readonly device: number; readonly address: string; readonly at: Instant }[];
  readonly devices: readonly Device[];
}

export function amend(roll: Roll, { touched }: Amendment): Amended {
  const devices = touched.flatMap(({ after }) => (after === null ? [] : [after]));
  const forgotten = touched.flatMap(({ before, after }) => (after === null && before !== null ? [before.id] : []));
  const known = (id: number): boolean => roll.devices.has(id) || roll.merged.has(id);
  const amended = withDevices(roll, devices, forgotten);
  return {
    roll: amended,
    spans: touched.flatMap(({ before, after }) => amendedSpans(before, after) ?? []),
    created: devices.filter(({ id }) => !known(id)).map(({ id, firstSeen }) => ({ device: id, firstSeen })),
    sightings: touched.flatMap(({ before, after }) => takenOver(before, after)),
    // As the roll has them, which knows how old a whole is.
    devices: devices.map((device) => amended.devices.get(device.id) ?? amended.merged.get(device.id) ?? device),
  };
}

function takenOver(before: Device | null, after: Device | null): Amended['sightings'] {
  const known = new Map(before?.addresses.map(({ address, seenAt }) => [address, seenAt]));
  const taken = after?.addresses.filter(({ address, seenAt }) => known.get(address) !== seenAt) ?? [];
  return taken.map(({ address, seenAt }) => ({ device: after?.id ?? 0, address, at: seenAt }));
}
