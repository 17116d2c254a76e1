import { type ChangeDraft, type Coverage, formatDuration, type Instant, type Observation } from '../core/index.ts';
import type { Roll } from './roll.ts';
import { isEverythingUp, presentThere, sortOut, withoutProxied } from './storm-known.ts';
import { AT_ONCE, countSince, HOUR, ONE_LOOK, type Storm, type StormState, withArrivals } from './storm-state.ts';
import { quarantine, RELEASED_AN_HOUR } from './storm-strangers.ts';

export interface StormLook {
  /** As it was before this look. */
  readonly roll: Roll;
  readonly observations: readonly Observation[];
  /** What the look asked; nothing, for what was overheard. */
  readonly coverage: Coverage;
  /** Whether this network was looked at before: of a new one everything is new, and true. */
  readonly familiar: boolean;
  /** The network, in words and always the same ("192.168.1.0/24"). */
  readonly where: string;
  readonly state: StormState;
  readonly at: Instant;
}

export interface StormGate {
  /** What to fold into the roll. */
  readonly believed: readonly Observation[];
  /** How many observations are not among them. */
  readonly held: number;
  /** What to pass the next time. */
  readonly state: StormState;
  readonly drafts: readonly ChangeDraft[];
  /** Why something is held back; null when nothing is. */
  readonly reason: string | null;
}

/**
 * The gate for arrivals: more strangers at once than can be true are held back until it is calm, but for those who stay,
 * which are let through a few an hour. Whom we know is never held back; one that answers for everything is believed only
 * where it was before.
 */
export function holdStorm(look: StormLook): StormGate {
  const { roll, observations, coverage, familiar, state, at } = look;
  const credible = withoutProxied(roll, observations);
  const { known, strangers } = sortOut(roll, credible);
  if (!familiar) return gate(look, { believed: credible, state: counting(state, look, credible), drafts: [] });
  const keys = [...strangers.keys()];
  const fresh = keys.filter((key) => !state.strangers.has(key));
  const arrivals = withArrivals(state.arrivals, fresh.length, at);
  const excess = excessOf(arrivals, { present: presentIn(look), at, fresh: fresh.length, stormy: state.storm !== null });
  const tooMany = excess !== null;
  const holding = state.storm !== null || tooMany;
  const again = keys.filter((key) => state.strangers.has(key));
  const { free, ...kept } = quarantine(state, {
    again,
    fresh: holding ? fresh : [],
    nameless: !isEverythingUp(observations, coverage),
    at,
  });
  const passed = new Set([...free, ...(holding ? [] : fresh)]);
  const weather = weatherAfter(look, { fresh, excess, waiting: kept.strangers.size });
  const believed = [...known, ...[...strangers].flatMap(([key, ones]) => (passed.has(key) ? ones : []))];
  const isOver = state.storm !== null && weather.storm === null;
  const after = { ...kept, arrivals: isOver ? [] : arrivals, storm: weather.storm, answered: state.answered };
  return gate(look, { believed, state: counting(after, look, believed), drafts: weather.drafts });
}

const presentIn = ({ roll, coverage, state }: StormLook): number => Math.max(presentThere(roll, coverage), state.answered);

/** Takes note of how many a look that asked somebody believed. */
function counting<S extends StormState>(state: S, { coverage }: StormLook, believed: readonly Observation[]): S {
  return coverage.addresses.length === 0 ? state : { ...state, answered: believed.length };
}

/** So many may always come at once: a family and its guests; and so many in an hour. */
const FEW = { atOnce: 20, inHour: 60 } as const;

/** More strangers than can be true. */
interface Excess {
  readonly strangers: number;
  readonly limit: number;
  readonly within: 'at once' | 'within an hour';
}

interface Crowd {
  /** Devices that are present and ever answered a look. */
  readonly present: number;
  /** Strangers of this look. */
  readonly fresh: number;
  readonly at: Instant;
  /** A storm is under way. */
  readonly stormy: boolean;
}

function excessOf(arrivals: StormState['arrivals'], { present, fresh, at, stormy }: Crowd): Excess | null {
  const limits = { atOnce: Math.max(FEW.atOnce, Math.floor(present / 2)), inHour: Math.max(FEW.inHour, present) };
  if (countSince(arrivals, at - AT_ONCE) > limits.atOnce) return { strangers: fresh, limit: limits.atOnce, within: 'at once' };
  // What began it must not hold a storm up for an hour; what goes on at that rate must.
  const inHour = stormy ? countSince(arrivals, at - HOUR / 3) * 3 : countSince(arrivals, at - HOUR);
  return inHour > limits.inHour ? { strangers: inHour, limit: limits.inHour, within: 'within an hour' } : null;
}

interface Outcome {
  readonly believed: readonly Observation[];
  readonly state: StormState;
  readonly drafts: readonly ChangeDraft[];
}

function gate({ observations, where }: StormLook, { believed, state, drafts }: Outcome): StormGate {
  const held = observations.length - believed.length;
  const why = state.storm
    ? `more strangers at once in ${where} than can be true`
    : `they came in a storm in ${where}, or one answers for all`;
  return { believed: held === 0 ? observations : believed, held, state, drafts, reason: held === 0 ? null : `${held} held back: ${why}` };
}

interface Sky {
  /** Strangers of this look, by hardware address or address. */
  readonly fresh: readonly string[];
  /** null: no more than may come. */
  readonly excess: Excess | null;
  /** Strangers that are held back after this look. */
  readonly waiting: number;
}

interface Weather {
  readonly storm: Storm | null;
  readonly drafts: readonly ChangeDraft[];
}

function weatherAfter(look: StormLook, sky: Sky): Weather {
  const { state, at } = look;
  const { storm } = state;
  if (!storm) return sky.excess ? begun(look, sky.fresh, sky.excess) : { storm: null, drafts: [] };
  const held = storm.held + sky.fresh.length;
  if (sky.excess) return { storm: { ...storm, held, noisyAt: at, calm: 0, calmAt: at }, drafts: [] };
  const noisyAt = Math.min(storm.noisyAt, at);
  const counts = Math.abs(at - storm.calmAt) >= ONE_LOOK;
  const calm = { ...storm, held, noisyAt, calm: storm.calm + Number(counts), calmAt: counts ? at : storm.calmAt };
  return calm.calm >= CALM.looks && at - noisyAt >= CALM.length ? ended(look, calm, sky) : { storm: calm, drafts: [] };
}

/** So long and in so many looks it has to be calm. */
const CALM = { looks: 3, length: 10 * 60_000 } as const;

/** Most strangers named in the change. */
const NAMED = 8;

function begun({ roll, coverage, where, at }: StormLook, fresh: readonly string[], { strangers, limit, within }: Excess): Weather {
  const present = presentThere(roll, coverage);
  const text = `${strangers} strangers ${within} in ${where}, where ${present} devices are present: more than ${limit} are held back until they stay`;
  const after = { where, strangers, present, limit, some: fresh.slice(0, NAMED), text };
  return {
    storm: { began: at, held: fresh.length, noisyAt: at, calm: 0, calmAt: at },
    drafts: [{ kind: 'storm.began', device: null, before: null, after }],
  };
}

function ended({ where, at }: StormLook, { began, held }: Storm, { waiting }: Sky): Weather {
  const still =
    waiting === 0 ? '' : `; ${waiting} are still held back, up to ${RELEASED_AN_HOUR} an hour of those who stay are let through`;
  const text = `no more strangers in ${where} after ${formatDuration(Math.max(0, at - began))}: ${held} were held back${still}`;
  const draft: ChangeDraft = { kind: 'storm.ended', device: null, before: { where, began }, after: { where, held, waiting, text } };
  return { storm: null, drafts: [draft] };
}

/** What the gate goes by, for whoever explains it. */
export const STORM_RULE = { few: FEW, atOnce: AT_ONCE, calm: CALM, releasedAnHour: RELEASED_AN_HOUR } as const;
