import {
  type Address,
  type AddressRange,
  type Change,
  type ChangeDraft,
  type Device,
  type Instant,
  type Observation,
  rangesOf,
} from '../core/index.ts';
import {
  type ConflictsTold,
  dampFlapping,
  type FlapState,
  findConflicts,
  holdLost,
  holdStorm,
  judgeOutage,
  lostSegments,
  NO_OUTAGE,
  NO_STORM,
  NOBODY_FLAPS,
  NOTHING_PROPOSED,
  NOTHING_TOLD,
  namingSilent,
  type OutageState,
  type PresenceRules,
  type ProposalsTold,
  type Roll,
  type Segment,
  type StormState,
  withoutForgotten,
  withoutGateways,
  withTold,
} from '../inventory/index.ts';
import type { GatedLook } from './gated-look.ts';
import type { Gateways } from './other-network.ts';
import { type Doubts, heardElsewhere, NO_DOUBTS, withoutDoubtful } from './standing.ts';

/** What the gates remember from look to look. A value: replaced when what it led to is kept, never edited. */
export interface GateState {
  readonly outage: OutageState;
  readonly flapping: FlapState;
  readonly conflicts: ConflictsTold;
  /** By network, as its storms name it. */
  readonly storms: ReadonlyMap<string, StormState>;
  readonly doubts: Doubts;
  readonly proposed: ProposalsTold;
}

export const OPEN_GATES: GateState = {
  outage: NO_OUTAGE,
  flapping: NOBODY_FLAPS,
  conflicts: NOTHING_TOLD,
  storms: new Map(),
  doubts: NO_DOUBTS,
  proposed: NOTHING_PROPOSED,
};

/** What the gates need to know of the watched networks. */
export interface Grounds {
  /** The watched targets that lie where somebody looked. */
  segmentsAt(ranges: readonly AddressRange[]): readonly WatchedSegment[];
  /** Finds the watched network that an address seen by a scan belongs to. */
  networkFinder(scan: GatedLook['scan']): (address: Address) => string;
  /** Whether it is still watched. */
  isWatched(network: string): boolean;
  /** Whether a watched network was looked at before: of a new one everybody is new, and true. */
  isFamiliar(network: string): boolean;
  gateways(): readonly Address[];
  /** Since when its link is lost or leads to another network: who is heard there need not be of it. null: it is as it should be. */
  adriftSince(network: string, at: Instant): Instant | null;
  /** Until when that was so the last time; null: it never was, as far as anybody remembers. */
  adriftUntil(network: string): Instant | null;
}

export interface WatchedSegment extends Segment {
  /** It is swept: then only sweeps say whether it is silent, as they are the quickest looks at all of it. */
  readonly swept: boolean;
}

/** What may be folded of a look, and what is to be told besides. */
export interface Admitted {
  readonly report: GatedLook['report'];
  readonly rules: PresenceRules;
  readonly drafts: readonly ChangeDraft[];
  readonly state: GateState;
}

/**
 * What stands between a look and the roll: storms of strangers are held back, conflicts told, and while most of a segment
 * is silent nobody in it leaves. Who is seen by what a person brings or asks for by hand is taken at its word.
 */
export function admit(state: GateState, look: GatedLook, grounds: Grounds): Admitted {
  const { roll, scan, report, rules } = look;
  const segments = grounds.segmentsAt(report.coverage.addresses);
  const standing = { ...grounds, networkOf: grounds.networkFinder(scan), gateways: gatewaysKnown(state, grounds), segments };
  const { report: ours, doubts } = withoutDoubtful(look, state.doubts, standing);
  const after = { ...state, doubts };
  if (scan.plan !== 'listen' && scan.target === null)
    return { ...holdLost({ ...look, report: ours }, segments, state.outage), drafts: [], state: after };
  const gateways = grounds.gateways();
  const elsewhere = gateways.filter((address) => grounds.adriftSince(standing.networkOf(address), rules.at) !== null);
  const conflicts = { gateways, told: withoutGateways(state.conflicts, elsewhere), at: rules.at };
  const calm = holdStrangers(watchedOf(after, grounds), { ...look, report: ours }, grounds);
  const claims = claimsIn({ look, grounds, networkOf: standing.networkOf, calm });
  const found = findConflicts({ roll, observations: claims, where: scan.subject, ...conflicts });
  const judged = segments.filter(({ swept }) => scan.plan === 'sweep' || !swept);
  const outage = judgeOutage({ roll, report: calm.report, rules, segments: judged, state: calm.state.outage });
  return {
    ...holdLost({ roll, report: calm.report, rules }, segments, outage.state),
    drafts: [...found.drafts, ...calm.drafts, ...namingSilent(outage.drafts, { roll, report: calm.report, rules, segments: judged })],
    state: { ...calm.state, conflicts: found.told, outage: outage.state },
  };
}

interface Claiming {
  readonly look: GatedLook;
  readonly grounds: Grounds;
  readonly networkOf: (address: Address) => string;
  /** What the gate for arrivals made of it. */
  readonly calm: Pick<Admitted, 'report' | 'state'>;
}

/**
 * Whose claims to an address count: not those heard in another network, nor of strangers in a storm, who may claim what
 * they like; but always a claim to be the gateway, and what raises a doubt.
 */
function claimsIn({ look: { scan, report, rules }, grounds, networkOf, calm }: Claiming): readonly Observation[] {
  const believed = new Set(calm.report.observations);
  const gateways = new Set(grounds.gateways());
  const isElsewhere = (network: string, seenAt: Instant): boolean =>
    scan.plan === 'listen' &&
    (grounds.adriftSince(network, rules.at) ?? heardElsewhere(grounds, network, { seenAt, at: rules.at })) !== null;
  const isStormy = (network: string): boolean => (calm.state.storms.get(network)?.storm ?? null) !== null;
  return report.observations.filter((one) => {
    const network = networkOf(one.address);
    return believed.has(one) || (!isElsewhere(network, one.seenAt) && (gateways.has(one.address) || !isStormy(network)));
  });
}

/** The gateways of now and of before, to know another network by. */
export function gatewaysKnown({ conflicts }: Pick<GateState, 'conflicts'>, grounds: Pick<Grounds, 'gateways'>): Gateways {
  return { now: grounds.gateways(), before: [...conflicts.gateways].map(([address, { mac }]) => ({ address, mac })) };
}

/** Without what is remembered of networks that nobody watches any more. */
export function watchedOf(state: GateState, grounds: Pick<Grounds, 'isWatched'>): GateState {
  const kept = <T>(all: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    [...all.keys()].every(grounds.isWatched) ? all : new Map([...all].filter(([network]) => grounds.isWatched(network)));
  return { ...state, outage: kept(state.outage), storms: kept(state.storms) };
}

/** The gate for arrivals of each network that somebody was seen in. */
function holdStrangers(state: GateState, { roll, scan, report, rules }: GatedLook, grounds: Grounds): Omit<Admitted, 'rules'> {
  const storms = new Map(state.storms);
  const [believed, drafts]: [Observation[], ChangeDraft[]] = [[], []];
  const networkOf = grounds.networkFinder(scan);
  const networks = new Map(Map.groupBy(report.observations, ({ address }) => networkOf(address)));
  // A storm ends by calm looks, also by one that saw nobody at all.
  for (const [network, { storm }] of storms) if (storm && network === scan.subject && !networks.has(network)) networks.set(network, []);
  for (const [where, observations] of networks) {
    const before = storms.get(where) ?? NO_STORM;
    const familiar = grounds.isFamiliar(where);
    const held = holdStorm({ roll, observations, coverage: report.coverage, familiar, where, state: before, at: rules.at });
    storms.set(where, held.state);
    believed.push(...held.believed);
    drafts.push(...held.drafts);
  }
  return { report: { ...report, observations: believed }, drafts, state: { ...state, storms } };
}

/** What is told of all that changed: comings and goings of devices that flap are held back. */
export function damp(
  state: GateState,
  { drafts, roll, at }: { readonly drafts: readonly ChangeDraft[]; readonly roll: Roll; readonly at: Instant },
): { readonly drafts: readonly ChangeDraft[]; readonly state: GateState } {
  const damped = dampFlapping({ state: state.flapping, drafts, roll, at });
  return { drafts: damped.drafts, state: { ...state, flapping: damped.state } };
}

/** The gates after what a person said: two that were one a moment ago are no rivals. */
export const afterWord = (state: GateState, changes: readonly Change[]): GateState => ({
  ...state,
  conflicts: withTold(state.conflicts, changes),
});

/** Who is no longer on the roll is not waited for. */
export function releaseGone(state: GateState, gone: readonly Device[], grounds: Pick<Grounds, 'segmentsAt'>): GateState {
  if (gone.length === 0) return state;
  const places = rangesOf(gone.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  return { ...state, outage: withoutForgotten(state.outage, grounds.segmentsAt(places), gone) };
}

/** What needs a person to know that beliefs stand still, one sentence for each network. */
export function heldBack({ outage, storms }: GateState): readonly string[] {
  const lost = [...lostSegments(outage)].map(([target, { count, of }]) => `${count} of ${of} devices of ${target} fell silent at once`);
  const stormy = [...storms].flatMap(([where, { storm }]) => (storm ? [`${storm.held} strangers in ${where} are held back`] : []));
  return [...lost, ...stormy];
}
