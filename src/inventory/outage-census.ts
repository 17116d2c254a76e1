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

/** Devices that fell silent together. */
export interface Loss {
  /** When the look began that missed them first: who was seen since is back. */
  readonly missedAt: Instant;
  /** Since when they were seen last, all of them: who was silent before did not fall silent with them. null: they were overdue. */
  readonly heardSince: Instant | null;
  /** How often they were looked for then: by that it was judged who usually answers. null: nobody remembers. */
  readonly cadence: Millis | null;
  readonly count: number;
  /** Of how many that had answered the look before. */
  readonly of: number;
  /** false: one look missed them, which may have been the look's fault. */
  readonly told: boolean;
}

/** Who of a segment answered a look, counted among its devices that are not away. */
export interface Census {
  readonly segment: Segment;
  /** When the look began. */
  readonly startedAt: Instant;
  /** Devices that usually answer and were seen since the look before: how many, and how many of them are silent now. */
  sinceLook(lookedAt: Instant | null): { readonly answered: number; readonly dropped: number };
  /** How many of those who fell silent together are silent still. */
  stillSilent(loss: Omit<Loss, 'of' | 'told'>): number;
  /** Since when somebody has been watching; null: always. */
  readonly watchedSince: Instant | null;
  /** How many this look would make away, of all that are present; who never answered a look, or was given up, counts for nothing. */
  leaving(givenUp: Instant | null): { readonly overdue: number; readonly present: number };
  /** Whether anybody there answers. */
  readonly isAlive: boolean;
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
    ({ presence, addresses }) => presence !== 'away' && coversLastPlaces(here, addresses, rules.isAsked),
  );
  const present = lying.filter((device) => coversLastPlaces(coverage, device.addresses, rules.isAsked));
  if (coverage.addresses.length === 0 || present.length * 2 < lying.length || present.length === 0) return null;
  const answered = answeredIn(observations);
  const silent = present.filter((device) => !answered(device) && !seenMeanwhile(device, { startedAt, rules }));
  const steady = (devices: readonly Device[], since: Instant, cadence = segment.cadence): number =>
    devices.filter((device) => device.lastSeen >= since && answersUsually(device, cadence)).length;
  const places = new Set(observations.map(({ address }) => address));
  return {
    segment,
    startedAt,
    sinceLook: (lookedAt) =>
      lookedAt === null ? { answered: 0, dropped: 0 } : { answered: steady(present, lookedAt), dropped: steady(silent, lookedAt) },
    watchedSince: rules.watchedSince,
    stillSilent: ({ missedAt, heardSince, count, cadence }) => {
      const missing = silent.filter(({ lastSeen }) => lastSeen < missedAt);
      return Math.min(count, heardSince === null ? missing.length : steady(missing, heardSince, cadence ?? segment.cadence));
    },
    leaving: (givenUp) => {
      const counted = (devices: readonly Device[]): readonly Device[] =>
        devices.filter(({ lastSeen, rhythm }) => rhythm !== null && lastSeen >= (givenUp ?? 0));
      return { overdue: counted(silent).filter((device) => isOverdue(device, rules)).length, present: counted(present).length };
    },
    isAlive: silent.length < present.length || segment.gateways.some((address) => places.has(address)),
    gatewayAnswers: segment.gateways.length === 0 ? null : segment.gateways.some((address) => places.has(address)),
  };
}
