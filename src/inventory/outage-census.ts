import {
  type Address,
  type AddressRange,
  type Device,
  type Instant,
  type Millis,
  mergeRanges,
  NO_COVERAGE,
  type ScanReport,
} from '../core/index.ts';
import { coversLastPlaces } from '../diff/index.ts';
import { isOverdue, type PresenceRules } from './presence.ts';
import { answeredIn, seenMeanwhile } from './presence-leavers.ts';
import { answersUsually } from './rhythm.ts';
import type { Roll } from './roll.ts';

/** A part of the network that can fall silent as one: where a target lies. */
export interface Segment {
  /** The target's text. */
  readonly target: string;
  readonly ranges: readonly AddressRange[];
  /** How often it is swept. */
  readonly cadence: Millis;
  /** Addresses of its routers, as far as known. */
  readonly gateways: readonly Address[];
}

/** Who of a segment answered a look, counted among its devices that are not away. */
export interface Census {
  readonly segment: Segment;
  /** When the look began. */
  readonly startedAt: Instant;
  /** Devices that usually answer and were seen since the look before: how many, and how many of them are silent now. */
  sinceLook(lookedAt: Instant | null): { readonly answered: number; readonly dropped: number };
  /** Devices that are silent and were not seen since this moment. */
  silentSince(moment: Instant): number;
  /** How many this look would make away, of all that are present. */
  leaving(): { readonly overdue: number; readonly present: number };
  /** Whether a gateway answered; null: none is known. */
  readonly gatewayAnswers: boolean | null;
}

interface Look {
  readonly roll: Roll;
  readonly report: Pick<ScanReport, 'observations' | 'coverage'> & Partial<Pick<ScanReport, 'startedAt'>>;
  readonly rules: PresenceRules;
}

/** Counts a segment as a report saw it; null when the report asked less than half of its devices. */
export function censusOf(segment: Segment, look: Look): Census | null {
  const { report, rules } = look;
  const { coverage, observations, startedAt = rules.at } = report;
  const here = { ...NO_COVERAGE, addresses: mergeRanges(segment.ranges) };
  const lying = [...look.roll.devices.values()].filter(
    ({ presence, addresses }) => presence !== 'away' && coversLastPlaces(here, addresses),
  );
  const present = lying.filter((device) => coversLastPlaces(coverage, device.addresses));
  if (coverage.addresses.length === 0 || present.length * 2 < lying.length || present.length === 0) return null;
  const answered = answeredIn(observations);
  const silent = present.filter((device) => !answered(device) && !seenMeanwhile(device, { startedAt, rules }));
  const steady = (devices: readonly Device[], since: Instant): number =>
    devices.filter((device) => device.lastSeen >= since && answersUsually(device, segment.cadence)).length;
  const places = new Set(observations.map(({ address }) => address));
  return {
    segment,
    startedAt,
    sinceLook: (lookedAt) =>
      lookedAt === null ? { answered: 0, dropped: 0 } : { answered: steady(present, lookedAt), dropped: steady(silent, lookedAt) },
    silentSince: (moment) => silent.filter(({ lastSeen }) => lastSeen < moment).length,
    leaving: () => ({ overdue: silent.filter((device) => isOverdue(device, rules)).length, present: present.length }),
    gatewayAnswers: segment.gateways.length === 0 ? null : segment.gateways.some((address) => places.has(address)),
  };
}
