/**
 * rules: judge a change: tell or stay quiet, and why; what becomes one incident, and who is told of it when.
 * Never: the clock or the dice (both are passed in), the store, a channel, or a verdict without a reason.
 */
export { type Desk, deskOf, type Step } from './desk.ts';
export {
  type Acknowledgement,
  acknowledge,
  type Beat,
  beat,
  type Judging,
  judge,
  messageOf,
  nextTo,
  type Resending,
  resend,
  type Settlement,
  settle,
  subjectOf,
  type Telling,
  tellLine,
  USUAL_RULES,
  wakeAt,
} from './skeleton.ts';
export type { ChannelTerms, Happening, Terms } from './terms.ts';
