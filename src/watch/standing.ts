import type { Address, CauseCode, Instant, Millis, Observation } from '../core/index.ts';
import { knownAmong, type Roll } from '../inventory/index.ts';
import type { Look } from './gates.ts';
import { gatewayChange } from './other-network.ts';

/** Networks whose gateway was heard with a card that nobody knows, and since when. A value: replaced, never edited. */
export type Doubts = ReadonlyMap<string, Instant>;
export const NO_DOUBTS: Doubts = new Map();

/** After these we may stand anywhere: until a look has seen where, strangers that are only heard are nobody of ours. */
const ADRIFT: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'interface-gone',
  'interface-down',
  'no-carrier',
  'address-lost',
  'link-flapped',
  'other-route',
  'no-route',
  'other-network',
]);

export const isAdrift = (code: string | null): boolean => ADRIFT.has(code as CauseCode);

/** So long a doubt lasts where no sweep settles it, and so long it is not raised again: somebody may only pretend. */
const DOUBT: { readonly lasts: Millis; readonly rests: Millis } = { lasts: 2 * 60_000, rests: 60 * 60_000 };

interface Standing {
  readonly networkOf: (address: Address) => string;
  /** Whether we know where we stand in a network. */
  readonly isAdrift: (network: string) => boolean;
  readonly gateways: readonly Address[];
}

export interface Doubted {
  readonly observations: readonly Observation[];
  readonly doubts: Doubts;
}

/**
 * Without strangers that were heard where we may stand in another network (R5): its link was lost and nobody has looked
 * since, or its gateway was heard with a card that nobody knows, and the next sweep has yet to say what that means.
 */
export function withoutDoubtful({ roll, scan, report, rules }: Look, before: Doubts, standing: Standing): Doubted {
  const { networkOf, gateways } = standing;
  const doubts = doubtsAfter(before, {
    swept: scan.plan === 'sweep' ? scan.subject : null,
    raised: scan.plan === 'listen' ? strangeGateway(report.observations, { roll, gateways, networkOf }) : null,
    at: rules.at,
  });
  const isDoubtful = (network: string): boolean => isWithinTime(doubts.get(network), DOUBT.lasts, rules.at);
  const isHeld = ({ address }: Observation): boolean => standing.isAdrift(networkOf(address)) || isDoubtful(networkOf(address));
  if (scan.plan !== 'listen' || !report.observations.some(isHeld)) return { observations: report.observations, doubts };
  const known = knownAmong(roll, report.observations);
  return { observations: report.observations.filter((one) => !isHeld(one) || known.has(one)), doubts };
}

function strangeGateway(
  observations: readonly Observation[],
  { roll, gateways, networkOf }: Pick<Standing, 'gateways' | 'networkOf'> & { readonly roll: Roll },
): string | null {
  const change = gatewayChange(observations, roll, gateways);
  return change && networkOf(change.gateway);
}

interface Event {
  readonly swept: string | null;
  readonly raised: string | null;
  readonly at: Instant;
}

function doubtsAfter(before: Doubts, { swept, raised, at }: Event): Doubts {
  const settled = swept !== null && before.has(swept);
  const isNew = raised !== null && !isWithinTime(before.get(raised), DOUBT.rests, at);
  if (!settled && !isNew) return before;
  const doubts = new Map(before);
  if (settled) doubts.delete(swept);
  if (isNew) doubts.set(raised, at);
  return doubts;
}

/** A clock that was set back must not hold anybody back for ever. */
const isWithinTime = (since: Instant | undefined, length: Millis, at: Instant): boolean =>
  since !== undefined && Math.abs(at - since) < length;
