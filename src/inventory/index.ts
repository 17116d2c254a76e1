/**
 * inventory: which device is this, is it present, what is known of it.
 * Never: the clock (moments come with the rules), the store, or absence without coverage.
 */
export { type Amended, type Amendment, amend } from './amend.ts';
export { applyScan, type Fold, foldScan, type Touched } from './apply-scan.ts';
export { type ApproveOrder, type Approving, approve, type Closeness, type LeftOut } from './approval/approve.ts';
export { bindApprovals, finderIn, isPolicy, keyOf } from './approval/bind.ts';
export { DRIFT_KINDS, type Drift, type DriftDevice, type DriftItem, type DriftKind } from './approval/drift.ts';
export { expiryOf } from './approval/expiry.ts';
export { type Importing, importEntries } from './approval/import.ts';
export { type DriftQuestion, devicesIn, judgeDrift } from './approval/judge.ts';
export { approvalsMeant } from './approval/revoke.ts';
export { boundAddresses, V6_KEPT } from './bound-addresses.ts';
export { type ConflictLook, type Conflicts, findConflicts } from './conflicts.ts';
export { CONFLICT_KINDS, type ConflictsTold, conflictsTold, NOTHING_TOLD, withoutGateways, withTold } from './conflicts-told.ts';
export { guessType, type TypeGuess } from './device-type/guess-type.ts';
export { editLabels } from './edit-labels.ts';
export { namingSilent } from './fell-silent.ts';
export { asksApproval } from './filter/approval-keys.ts';
export { type Choice, type Completion, completeFilter, MOST_CHOICES } from './filter/complete.ts';
export { type Asked, type Filter, matches } from './filter/filter.ts';
export { formatFilter } from './filter/format-filter.ts';
export { FILTER_KEYS } from './filter/keys.ts';
export { type KnownValue, knownValues } from './filter/known-values.ts';
export { FILTER_CAP, parseFilter, wrongIn } from './filter/parse-filter.ts';
export { type Damped, dampFlapping, type FlapState, NOBODY_FLAPS, recallFlapping, settle } from './flapping.ts';
export { type DuePair, duePairs, type FollowReason, type FollowUpRules } from './follow-up.ts';
export { type Aftermath, type Blame, type Blamed, judgeAftermath, NOBODY_SUSPECTED, type Suspicions } from './governor/blame.ts';
export { type Allowed, GENTLE_PORTS, type Governed, govern, nobodyLeft } from './governor/govern.ts';
export { FRAGILE_PORTS, sparedBecause, tenderBecause, unversionedBecause } from './governor/tender.ts';
export { combined } from './history/combine.ts';
export { pastOfLooks } from './history/from-looks.ts';
export { pastOfRecord } from './history/from-records.ts';
export { type Grafted, graft, type Stored } from './history/graft.ts';
export { type Matched, matchPasts } from './history/match.ts';
export type { PastDevice } from './history/past-device.ts';
export { type IdentityReason, identify, type Sighted } from './identify.ts';
export { LABEL_CAP, MOST_NAMES, readViewName } from './label-names.ts';
export { lotsOf, type Pair } from './lots.ts';
export { markAbsent } from './mark-absent.ts';
export { type MergeRequest, mergeDevices } from './merge.ts';
export { declareDistinct, forgetDevices } from './merge-forget.ts';
export { allPartsOf, partsOf, wholesOf } from './merge-members.ts';
export { type MacSplit, type MergeUndo, splitDevice } from './merge-split.ts';
export type { MergeMemory } from './merge-undo.ts';
export { type Bridge, type Placed, placeDevices } from './network-map.ts';
export { holdLost, judgeOutage, OUTAGE_RULE, type OutageJudgement } from './outage.ts';
export type { Loss, Segment } from './outage-census.ts';
export { lookedAtBefore, lostSegments, NO_OUTAGE, type OutageState, recallOutage, withoutForgotten } from './outage-state.ts';
export { groupNamesOf, groupsOf, ownersOf, type Party, peopleOf, type TypeOf, type Whereabouts } from './people.ts';
export { type Comings, comparePeople } from './people-changes.ts';
export { lastOf, type Stay, whereSince } from './people-since.ts';
export { DEFAULT_WINDOW, type PresenceRules, presenceAt } from './presence.ts';
export { answeredIn, leaversOf } from './presence-leavers.ts';
export { type SlotState, type StripRun, stripOf } from './presence-strip.ts';
export { NOTHING_PROPOSED, type ProposalsTold, proposedOnce, recallProposals } from './proposals-told.ts';
export { proposeMerges } from './propose-merges.ts';
export { newlyProposed } from './propose-merges-news.ts';
export { type Relabelled, relabel } from './relabel.ts';
export { type LabelStep, restoreLabels } from './restore-labels.ts';
export { answersUsually } from './rhythm.ts';
export { type Terms, type Tolerance, toleranceOf, windowOf } from './rhythm-tolerance.ts';
export { type Roll, rollOf, withDevices } from './roll.ts';
export { type Column, columnNamed, ROSTER_COLUMNS } from './roster/columns.ts';
export { type RowFault, type RowPlan, RowPlanner } from './roster/plan-rows.ts';
export { type EachEdit, relabelEach, saysNew } from './roster/relabel-each.ts';
export { type RosterTable, readTable } from './roster/table.ts';
export { deviceEntry, deviceLine, headLine, type Separator } from './roster/write-table.ts';
export {
  type CertificateGroup,
  type PortGroup,
  type ProductGroup,
  type ServicePlace,
  servicesByCertificate,
  servicesByPort,
  servicesByProduct,
} from './services.ts';
export { holdStorm, STORM_RULE, type StormGate, type StormLook } from './storm.ts';
export { knownAmong } from './storm-known.ts';
export { NO_STORM, type StormState, stormFrom } from './storm-state.ts';
