import {
  type AddressRange,
  type Device,
  type DeviceId,
  type DevicePort,
  type Instant,
  isWithin,
  type Millis,
  placeWithin,
} from '../core/index.ts';
import type { Pair } from './lots.ts';

/** Why an open port is asked what it serves. */
export type FollowReason =
  /** It opened, or was found open first, and was not asked since. */
  | 'opened'
  /** It was asked so long ago that it may serve something else by now. */
  | 'old';

/** A port to be asked, or one that would be, if it were not spared. */
export interface DuePair extends Pair {
  readonly device: DeviceId;
  readonly reason: FollowReason;
  /** Why it is left alone all the same; null: it is asked. */
  readonly spared: string | null;
}

export interface FollowUpRules {
  readonly at: Instant;
  /** Only here. */
  readonly ranges: readonly AddressRange[];
  /** Why a port is not to be asked what it serves; null: it may be. */
  spares(device: Device, port: DevicePort): string | null;
}

const DAY: Millis = 86_400_000;
/** Every version is asked anew within a week, also when one night is missed. */
const OLDEST: Millis = 6 * DAY;
/** What was asked in one night comes due over the three nights before that: not a week's work at once. */
const SPREAD: Millis = 3 * DAY;

/** The open ports of present devices that are to be asked what they serve: first those that opened, then those asked longest ago. */
export function duePairs(devices: Iterable<Device>, rules: FollowUpRules): DuePair[] {
  const due = [...devices].flatMap((device) => dueOf(device, rules));
  return due.sort((a, b) => a.asked - b.asked).map(({ asked: _, ...pair }) => pair);
}

type Aged = DuePair & { readonly asked: Instant };

function dueOf(device: Device, rules: FollowUpRules): Aged[] {
  if (device.presence !== 'present' || device.mergedInto !== null) return [];
  const places = placesOf(device, rules.ranges);
  if (places.length === 0) return [];
  return device.ports.flatMap((port) => {
    const reason = reasonFor(device, port, rules.at);
    if (reason === null) return [];
    const spared = rules.spares(device, port);
    const asked = port.checkedAt ?? Number.NEGATIVE_INFINITY;
    const { protocol, port: number } = port;
    return places.map((address) => ({ device: device.id, address, protocol, port: number, reason, spared, asked }));
  });
}

/** Where it answered last; whoever answers at several addresses at once may serve at any of them. */
function placesOf({ addresses }: Device, ranges: readonly AddressRange[]): string[] {
  const here = addresses.filter(({ address }) => isWithin(ranges, address));
  const newest = Math.max(...here.map(({ seenAt }) => seenAt));
  return here.filter(({ seenAt }) => seenAt === newest).map(({ address }) => address);
}

function reasonFor({ id }: Device, { protocol, port, state, checkedAt }: DevicePort, at: Instant): FollowReason | null {
  // Of protocols without services (an imported scan of IP protocols, SCTP) nobody can be asked for a version.
  if (state !== 'open' || (protocol !== 'tcp' && protocol !== 'udp')) return null;
  if (checkedAt === undefined) return 'opened';
  // After a clock was set back a check may lie ahead of us: it says nothing of how old it is.
  if (checkedAt > at) return 'old';
  return at - checkedAt >= OLDEST - placeWithin(`${id} ${protocol}/${port}`, SPREAD) ? 'old' : null;
}
