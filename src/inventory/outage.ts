import {
  type AddressRange,
  type ChangeDraft,
  type Instant,
  type Millis,
  rangesOf,
  type ScanReport,
  subtractRanges,
} from '../core/index.ts';
import { type Census, censusOf, type Loss, type Segment } from './outage-census.ts';
import { givenUpChange, lostChange, restoredChange } from './outage-changes.ts';
import { NOTHING, type OutageState, type SegmentMemory } from './outage-state.ts';
import { dampOutage } from './outage-unrest.ts';
import type { PresenceRules } from './presence.ts';
import { answeredIn } from './presence-leavers.ts';
import type { Roll } from './roll.ts';

type Report = Pick<ScanReport, 'observations' | 'coverage'> & Partial<Pick<ScanReport, 'startedAt'>>;

interface Asked {
  readonly roll: Roll;
  readonly report: Report;
  readonly rules: PresenceRules;
  /** The targets that lie where the report looked, and are judged by looks like it. */
  readonly segments: readonly Segment[];
  readonly state: OutageState;
}

export interface OutageJudgement {
  /** `segment.lost` and `segment.restored`, one for each outage. */
  readonly drafts: readonly ChangeDraft[];
  readonly state: OutageState;
}

/**
 * Whether most of a segment fell silent at once. One look that misses them makes it suspected; the second tells, still
 * before the first of them is overdue. It is over when half of them are back, or given up after days in which others there answer.
 */
export function judgeOutage(asked: Asked): OutageJudgement {
  const { report, rules } = asked;
  const state = new Map(asked.state);
  const drafts: ChangeDraft[] = [];
  for (const segment of asked.segments) {
    const census = censusOf(segment, asked);
    const before = state.get(segment.target) ?? NOTHING;
    if (census === null) continue; // it did not look at enough of it to say anything
    const { memory, draft } = step(before, census, rules.at);
    const damped = dampOutage(before.unrest, draft, { target: segment.target, at: rules.at });
    state.set(segment.target, { ...memory, lookedAt: report.startedAt ?? rules.at, unrest: damped.unrest });
    if (damped.draft) drafts.push(damped.draft);
  }
  return { drafts, state };
}

export interface Held<R extends Report> {
  /** The report to fold: of a segment that is lost or suspected to be it covers only who answered. */
  readonly report: R;
  /** The rules to fold it by: time before the end of an outage is no absence. */
  readonly rules: PresenceRules;
}

/** While a segment is lost or suspected to be, no look of whatever kind makes anybody away who lies in it. */
export function holdLost<R extends Report>(
  { roll, report, rules }: Held<R> & { readonly roll: Roll },
  segments: readonly Pick<Segment, 'target' | 'ranges'>[],
  state: OutageState,
): Held<R> {
  const lost = segments.filter(({ target }) => state.get(target)?.loss).flatMap(({ ranges }) => ranges);
  const silent = lost.length === 0 ? [] : subtractRanges(lost, answeredFor(roll, report));
  const ends = segments.map(({ target }) => state.get(target)?.restoredAt ?? 0).filter((end) => end <= rules.at);
  const watchedSince = rules.watchedSince === null ? null : Math.max(rules.watchedSince, ...ends);
  const { coverage } = report;
  return {
    report: lost.length === 0 ? report : { ...report, coverage: { ...coverage, addresses: subtractRanges(coverage.addresses, silent) } },
    rules: watchedSince === rules.watchedSince ? rules : { ...rules, watchedSince },
  };
}

/** Where somebody answered who is known there, or nobody is: a stranger at an address says nothing of its holder. */
function answeredFor(roll: Roll, { observations }: Report): readonly AddressRange[] {
  const answered = answeredIn(observations);
  const silent = [...roll.devices.values()].filter((device) => device.presence !== 'away' && !answered(device));
  const theirs = new Set(silent.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  return rangesOf(observations.flatMap(({ address }) => (theirs.has(address) ? [] : [address])));
}

interface Step {
  readonly memory: SegmentMemory;
  readonly draft: ChangeDraft | null;
}

function step(before: SegmentMemory, census: Census, at: Instant): Step {
  if (before.loss?.told) return goesOn(before, before.loss, { census, at });
  const known = before.loss;
  const still = known ? census.stillSilent(known) : 0;
  const loss = known && isMost(still, known.of) ? { ...known, count: still, told: true } : freshLoss(before, census);
  return { memory: { ...before, loss }, draft: loss?.told ? lostChange(census, loss) : null };
}

/** Most of those who answered the look before are missing from this one, or most of all would leave with it. */
function freshLoss({ lookedAt, givenUp }: SegmentMemory, census: Census): Loss | null {
  const { answered, dropped } = census.sinceLook(lookedAt);
  const missedAt = census.startedAt;
  const { cadence } = census.segment;
  if (isMost(dropped, answered)) return { missedAt, heardSince: lookedAt, cadence, count: dropped, of: answered, told: false };
  const { overdue, present } = census.leaving(givenUp);
  return isMost(overdue, present) ? { missedAt, heardSince: null, cadence, count: overdue, of: present, told: true } : null;
}

/** Longer than any weekend that a switch is off; who then still keeps quiet, while others there answer, is gone. */
const GIVEN_UP_AFTER: Millis = 72 * 60 * 60_000;

function goesOn(before: SegmentMemory, loss: Loss, { census, at }: { readonly census: Census; readonly at: Instant }): Step {
  const missing = census.stillSilent(loss);
  const over = { ...before, loss: null, restoredAt: at };
  if ((loss.count - missing) * 2 >= loss.count) return { memory: over, draft: restoredChange(census, loss, missing) };
  // Time in which nobody watched is no silence.
  if (!census.isAlive || at - Math.max(loss.missedAt, census.watchedSince ?? 0) < GIVEN_UP_AFTER) return { memory: before, draft: null };
  return { memory: { ...over, givenUp: loss.missedAt }, draft: givenUpChange(census, loss, missing) };
}

/** A few may go together: a family with its phones. */
const FEW = 4;
const isMost = (part: number, whole: number): boolean => part > Math.max(FEW, whole / 2);

/** What the judgement goes by, for whoever explains it. */
export const OUTAGE_RULE = { few: FEW, givenUpAfter: GIVEN_UP_AFTER } as const;
