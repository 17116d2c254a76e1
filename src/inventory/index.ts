/**
 * inventory: which device is this, is it present, what is known of it.
 * Never: the clock (moments come with the rules), the store, or absence without coverage.
 */
export { type Amended, type Amendment, amend } from './amend.ts';
export { applyScan, type Fold, foldScan, type Touched } from './apply-scan.ts';
export { editLabels } from './edit-labels.ts';
export { type Damped, dampFlapping, type FlapState, NOBODY_FLAPS, recallFlapping, settle } from './flapping.ts';
export { type IdentityReason, identify, type Sighted } from './identify.ts';
export { markAbsent } from './mark-absent.ts';
export { judgeOutage, lostSegments, NO_OUTAGE, type OutageJudgement, type OutageState, recallOutage } from './outage.ts';
export type { Segment } from './outage-census.ts';
export type { Loss } from './outage-changes.ts';
export { DEFAULT_WINDOW, type PresenceRules, presenceAt } from './presence.ts';
export { leaversOf } from './presence-leavers.ts';
export { type Terms, type Tolerance, toleranceOf, windowOf } from './rhythm-tolerance.ts';
export { type Roll, rollOf, withDevices } from './roll.ts';
