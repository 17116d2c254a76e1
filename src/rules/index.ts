/**
 * rules: judge a change: tell or stay quiet, and why; what becomes one incident, and who is told of it when.
 * Never: the clock or the dice (both are passed in), the store, a channel, or a verdict without a reason.
 */
export { type Abandoning, abandon } from './abandon.ts';
export { type Acknowledgement, acknowledge } from './acknowledge.ts';
export { beat } from './beat.ts';
export type { Desk, Step } from './desk.ts';
export { type Judging, judge } from './judge.ts';
export { messageOf } from './message-of.ts';
export { wholeTimeIn } from './moments.ts';
export { nextTo, wakeAt } from './next.ts';
export { deskOf } from './remembered.ts';
export { type Resending, resend } from './resend.ts';
export { type Settlement, settle } from './settle.ts';
export { LONGEST_COOLDOWN } from './spans.ts';
export { subjectOf } from './subjects.ts';
export { type Tally, tallyOf } from './tally.ts';
export { type Telling, tellLine } from './tell-line.ts';
export type { ChannelTerms, Fits, Happening, Terms } from './terms.ts';
export { newerThan, type Unacknowledging, unacknowledge } from './unacknowledge.ts';
export { USUAL_RULES } from './usual-rules.ts';
