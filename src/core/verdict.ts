import type { IncidentId } from './incident.ts';
import type { Instant } from './time.ts';

/** Why a rule tells a change, or keeps quiet of it. */
export const REASONS = [
  // tell
  'first', // it opens an incident
  'joined', // it belongs to one that is open
  'enriched', // it tells more of one that is open
  'resolved', // with it one is over
  // quiet
  'unasked', // no rule asks for changes of this kind
  'disabled',
  'device', // the device does not fit
  'party', // it is about somebody else, or somebody is home or away
  'time',
  'approved', // it is as it was approved
  'muted',
  'cooldown',
  'edited', // nothing new for anybody: the message that there is gets it when it is changed next
  'broken', // the rule failed
] as const;
export type Reason = (typeof REASONS)[number];

export interface RuleVerdict {
  /** null: no rule at all asks for it. */
  readonly rule: string | null;
  readonly verdict: 'tell' | 'quiet';
  readonly reason: Reason;
  /** A sentence for people, with names and moments. */
  readonly text: string;
  readonly incident: IncidentId | null;
}

/** What was judged of a change: by each rule that asks for its kind. */
export interface Verdict {
  readonly seq: number;
  readonly at: Instant;
  readonly rules: readonly RuleVerdict[];
}
