import type { Config, ScanLimits } from '../../config/index.ts';
import {
  type AddressRange,
  bothGuards,
  type Guard,
  guardText,
  type LookOrder,
  mergeRanges,
  type Pace,
  type QuietHours,
  subtractRanges,
  type Target,
} from '../../core/index.ts';
import { overlap } from '../places.ts';

/** What is allowed where an order goes. */
export interface LimitsThere {
  readonly pace: Pace;
  readonly fragile: boolean;
  readonly quiet: QuietHours;
  readonly quietSweeps: boolean;
  /** Each of them must hold: of targets that share an order none is asked from where its own guard forbids. */
  readonly guards: readonly Guard[];
}

type Goal = Pick<LookOrder, 'target'> & { readonly addresses: readonly AddressRange[] };
type Said = NonNullable<Config['targets'][number]['limits']>;

/**
 * Limits by what the config says of the targets that an order goes to; what none of them says, and addresses in none of them, go
 * by [scan] and [guard]. Of several that say something, the one that spares most.
 */
export function limitsAt({ scan, guard, targets }: Pick<Config, 'scan' | 'guard' | 'targets'>, goal: Goal): LimitsThere {
  const meant = targets.filter((target) => isMeant(target, goal));
  const said = [...meant.map(({ limits }) => limits ?? {}), ...(liesWithin(goal, meant) ? [] : [{}])];
  const { ask: _, ...usual } = guard;
  const of = <Key extends keyof ScanLimits>(key: Key): readonly ScanLimits[Key][] => said.map((one) => valueOf(one, scan, key));
  return {
    pace: { rate: lowest(of('rate')), perHost: lowest(of('perHost')) },
    fragile: of('fragile').every(Boolean),
    quiet: { windows: of('quiet').flat(), zone: scan.zone ?? Temporal.Now.timeZoneId() },
    quietSweeps: scan.quietSweeps,
    guards: distinct(said.map((one) => bothGuards(usual, one.guard ?? {}))),
  };
}

const distinct = (guards: readonly Guard[]): readonly Guard[] => [...new Map(guards.map((guard) => [guardText(guard), guard])).values()];

/** Whether all addresses of an order are those of targets that are meant; of a host name all are. */
function liesWithin({ target, addresses }: Goal, meant: readonly Config['targets'][number][]): boolean {
  if (meant.length === 0) return false;
  if (meant.some(({ spec }) => spec.text === target)) return true;
  const places = meant.flatMap(({ spec }) => (spec.kind === 'ranges' ? spec.ranges : []));
  return subtractRanges(addresses, mergeRanges(places)).length === 0;
}

/** The limits of a watched target. */
export const limitsOf = (config: Pick<Config, 'scan' | 'guard' | 'targets'>, { spec }: Pick<Target, 'spec'>): LimitsThere =>
  limitsAt(config, { target: spec.text, addresses: spec.kind === 'ranges' ? spec.ranges : [] });

const valueOf = <Key extends keyof ScanLimits>(said: Said, usual: ScanLimits, key: Key): ScanLimits[Key] =>
  (said[key] as ScanLimits[Key] | undefined) ?? usual[key];

function isMeant({ spec }: Config['targets'][number], { target, addresses }: Goal): boolean {
  return spec.text === target || (spec.kind === 'ranges' && overlap(spec.ranges, addresses));
}

/** 0 is no limit. */
function lowest(rates: readonly number[]): number | null {
  const limits = rates.filter((rate) => rate > 0);
  return limits.length === 0 ? null : Math.min(...limits);
}
