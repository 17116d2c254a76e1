import type { Address, AddressRange, Change, ChangeDraft, ChangeKind, Instant, Observation, Scan, ScanReport } from '../core/index.ts';
import {
  type ConflictsTold,
  conflictsTold,
  dampFlapping,
  type FlapState,
  findConflicts,
  holdStorm,
  judgeOutage,
  lostSegments,
  NO_OUTAGE,
  NO_STORM,
  NOBODY_FLAPS,
  NOTHING_TOLD,
  type OutageState,
  type PresenceRules,
  type Roll,
  recallFlapping,
  recallOutage,
  type Segment,
  type StormState,
  stormFrom,
} from '../inventory/index.ts';
import { textIn } from './vigil.ts';

/** What the gates remember from look to look. A value: replaced when what it led to is kept, never edited. */
export interface GateState {
  readonly outage: OutageState;
  readonly flapping: FlapState;
  readonly conflicts: ConflictsTold;
  /** By network, as its storms name it. */
  readonly storms: ReadonlyMap<string, StormState>;
}

export const OPEN_GATES: GateState = { outage: NO_OUTAGE, flapping: NOBODY_FLAPS, conflicts: NOTHING_TOLD, storms: new Map() };

/** What the gates need to know of the watched networks. */
export interface Grounds {
  /** The watched targets that lie where somebody looked. */
  segmentsAt(ranges: readonly AddressRange[]): readonly Segment[];
  /** Finds the watched network that an address lies in; null for one in none. */
  networkFinder(): (address: Address) => string | null;
  /** Whether a watched network was looked at before: of a new one everybody is new, and true. */
  isFamiliar(network: string): boolean;
  gateways(): readonly Address[];
}

type Report = Pick<ScanReport, 'observations' | 'coverage' | 'startedAt'>;

export interface Look {
  readonly roll: Roll;
  readonly scan: Pick<Scan, 'plan' | 'target' | 'subject'>;
  readonly report: Report;
  readonly rules: PresenceRules;
}

/** What may be folded of a look, and what is to be told besides. */
export interface Admitted {
  readonly report: Report;
  readonly rules: PresenceRules;
  readonly drafts: readonly ChangeDraft[];
  readonly state: GateState;
}

/**
 * What stands between a look and the roll: storms of strangers are held back, conflicts told, and while most of a segment
 * is silent nobody in it leaves. What a person brings or asks for by hand is taken at its word.
 */
export function admit(state: GateState, look: Look, grounds: Grounds): Admitted {
  const { scan, report, rules } = look;
  if (scan.plan !== 'listen' && scan.target === null) return { report, rules, drafts: [], state };
  const found = findConflicts({ ...look, ...report, gateways: grounds.gateways(), told: state.conflicts, at: rules.at });
  const calm = holdStrangers({ ...state, conflicts: found.told }, look, grounds);
  const segments = scan.plan === 'sweep' ? grounds.segmentsAt(report.coverage.addresses) : [];
  const outage = judgeOutage({ roll: look.roll, report: calm.report, rules, segments, state: state.outage });
  return {
    report: outage.report,
    rules: outage.rules,
    drafts: [...found.drafts, ...calm.drafts, ...outage.drafts],
    state: { ...calm.state, outage: outage.state },
  };
}

/** The gate for arrivals of each network that somebody was seen in. */
function holdStrangers(state: GateState, { roll, scan, report, rules }: Look, grounds: Grounds): Omit<Admitted, 'rules'> {
  const storms = new Map(state.storms);
  const [believed, drafts]: [Observation[], ChangeDraft[]] = [[], []];
  const networkOf = grounds.networkFinder();
  const networks = new Map(Map.groupBy(report.observations, ({ address }) => networkOf(address) ?? scan.subject));
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

/** What needs a person to know that beliefs stand still, one sentence for each network. */
export function heldBack({ outage, storms }: GateState): readonly string[] {
  const lost = [...lostSegments(outage)].map(([target, { count, of }]) => `${count} of ${of} devices of ${target} fell silent at once`);
  const stormy = [...storms].flatMap(([where, { storm }]) => (storm ? [`${storm.held} strangers in ${where} are held back`] : []));
  return [...lost, ...stormy];
}

/** Changes that say how the gates stood. */
export const GATE_KINDS: readonly ChangeKind[] = [
  'address.conflict',
  'gateway.changed',
  'segment.lost',
  'segment.restored',
  'storm.began',
  'storm.ended',
  'device.left',
  'device.returned',
  'device.flapping',
  'device.stable',
  'device.forgotten',
];

/** The gates as they stood when the last process ended, from its newest changes of {@link GATE_KINDS}, oldest first. */
export function recallGates(changes: readonly Change[], now: Instant): GateState {
  const networks = new Set(changes.flatMap(({ kind, after }) => (kind.startsWith('storm.') ? [textIn(after?.['where'])] : [])));
  return {
    outage: recallOutage(changes),
    flapping: recallFlapping(changes, now),
    conflicts: conflictsTold(changes),
    storms: new Map([...networks].map((where) => [where, stormFrom(changes, where)])),
  };
}
