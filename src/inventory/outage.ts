import { type Change, type ChangeDraft, type Instant, type ScanReport, subtractRanges } from '../core/index.ts';
import { type Census, censusOf, type Segment } from './outage-census.ts';
import { type Loss, lostChange, restoredChange } from './outage-changes.ts';
import type { PresenceRules } from './presence.ts';
import type { Roll } from './roll.ts';

interface SegmentMemory {
  /** When the last whole look at it began. */
  readonly lookedAt: Instant | null;
  readonly loss: Loss | null;
  /** When its last outage ended: time before does not count as absence. */
  readonly restoredAt: Instant | null;
}

/** What is remembered of segments, by their target's text. Never edited. */
export type OutageState = ReadonlyMap<string, SegmentMemory>;
export const NO_OUTAGE: OutageState = new Map();
const NOTHING: SegmentMemory = { lookedAt: null, loss: null, restoredAt: null };

type Report = Pick<ScanReport, 'observations' | 'coverage'> & Partial<Pick<ScanReport, 'startedAt'>>;

interface Asked<R extends Report> {
  readonly roll: Roll;
  readonly report: R;
  readonly rules: PresenceRules;
  /** The targets that lie where the report looked. */
  readonly segments: readonly Segment[];
  readonly state: OutageState;
}

export interface OutageJudgement<R extends Report> {
  /** The report to fold: it covers nothing of a segment that is lost or suspected to be. */
  readonly report: R;
  /** The rules to fold it by: time before the end of an outage is no absence. */
  readonly rules: PresenceRules;
  /** `segment.lost` and `segment.restored`, one for each outage. */
  readonly drafts: readonly ChangeDraft[];
  readonly state: OutageState;
}

/**
 * Whether most of a segment fell silent at once. One look that misses them withholds its coverage; the second tells, still
 * before the first of them is overdue. Presence then stands still until half of them are back.
 */
export function judgeOutage<R extends Report>(asked: Asked<R>): OutageJudgement<R> {
  const { report, rules } = asked;
  const state = new Map(asked.state);
  const drafts: ChangeDraft[] = [];
  for (const segment of asked.segments) {
    const census = censusOf(segment, asked);
    const before = state.get(segment.target) ?? NOTHING;
    if (census === null) continue; // it did not look at enough of it to say anything
    const { memory, draft } = step(before, census, rules.at);
    state.set(segment.target, { ...memory, lookedAt: report.startedAt ?? rules.at });
    if (draft) drafts.push(draft);
  }
  return { ...held(asked, state), drafts, state };
}

function held<R extends Report>({ report, rules, segments }: Asked<R>, state: OutageState): Pick<OutageJudgement<R>, 'report' | 'rules'> {
  const lost = segments.filter(({ target }) => state.get(target)?.loss).flatMap(({ ranges }) => ranges);
  const ends = segments.map(({ target }) => state.get(target)?.restoredAt ?? 0).filter((end) => end <= rules.at);
  const watchedSince = rules.watchedSince === null ? null : Math.max(rules.watchedSince, ...ends);
  const { coverage } = report;
  return {
    report: lost.length === 0 ? report : { ...report, coverage: { ...coverage, addresses: subtractRanges(coverage.addresses, lost) } },
    rules: watchedSince === rules.watchedSince ? rules : { ...rules, watchedSince },
  };
}

interface Step {
  readonly memory: SegmentMemory;
  readonly draft: ChangeDraft | null;
}

function step(before: SegmentMemory, census: Census, at: Instant): Step {
  if (before.loss?.told) return goesOn(before, before.loss, { census, at });
  const known = before.loss;
  const still = known ? census.silentSince(known.missedAt) : 0;
  const loss = known && isMost(still, known.of) ? { ...known, count: still, told: true } : freshLoss(before, census);
  return { memory: { ...before, loss }, draft: loss?.told ? lostChange(census, loss) : null };
}

/** Most of those who answered the look before are missing from this one, or most of all would leave with it. */
function freshLoss({ lookedAt }: SegmentMemory, census: Census): Loss | null {
  const { answered, dropped } = census.sinceLook(lookedAt);
  const missedAt = census.startedAt;
  if (isMost(dropped, answered)) return { missedAt, count: dropped, of: answered, told: false };
  const { overdue, present } = census.leaving();
  return isMost(overdue, present) ? { missedAt, count: overdue, of: present, told: true } : null;
}

function goesOn(before: SegmentMemory, loss: Loss, { census, at }: { readonly census: Census; readonly at: Instant }): Step {
  const missing = census.silentSince(loss.missedAt);
  if ((loss.count - missing) * 2 < loss.count) return { memory: before, draft: null };
  return { memory: { ...before, loss: null, restoredAt: at }, draft: restoredChange(census, loss, missing) };
}

/** A few may go together: a family with its phones. */
const FEW = 4;
const isMost = (part: number, whole: number): boolean => part > Math.max(FEW, whole / 2);

/** The state as it follows from past changes, oldest first. */
export function recallOutage(changes: readonly Pick<Change, 'kind' | 'after' | 'at'>[]): OutageState {
  const state = new Map<string, SegmentMemory>();
  for (const { kind, after, at } of changes) {
    const target = after?.['target'];
    if (typeof target !== 'string') continue;
    const loss = kind === 'segment.lost' ? lossIn(after, at) : null;
    if (loss) state.set(target, { ...NOTHING, loss });
    if (kind === 'segment.restored') state.set(target, { ...NOTHING, restoredAt: at });
  }
  return state;
}

function lossIn(after: Change['after'], at: Instant): Loss | null {
  const [count, of, since] = [after?.['lost'], after?.['of'], after?.['since']];
  if (typeof count !== 'number' || typeof of !== 'number') return null;
  const missedAt = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  return { missedAt: Number.isNaN(missedAt) ? at : missedAt, count, of, told: true };
}

/** Which segments are lost now, with what was lost: for whoever shows troubles. */
export function lostSegments(state: OutageState): ReadonlyMap<string, Loss> {
  return new Map([...state].flatMap(([target, { loss }]): [string, Loss][] => (loss?.told ? [[target, loss]] : [])));
}
