import {
  type Address,
  type AddressRange,
  type CauseCode,
  type Device,
  type Instant,
  type Millis,
  type Observation,
  subtractRanges,
} from '../core/index.ts';
import { knownAmong, type Roll } from '../inventory/index.ts';
import type { GatedLook } from './gated-look.ts';
import { type Gateways, gatewayChange } from './other-network.ts';
import { holderOf } from './overheard.ts';

/** A gateway was heard with a card that nobody knows. */
interface Doubt {
  readonly since: Instant;
  /** A sweep has seen since what it means; it is remembered so that it is not raised again at once. */
  readonly settled: boolean;
}

/** Doubts by network. A value: replaced, never edited. */
export type Doubts = ReadonlyMap<string, Doubt>;
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
  'wrong-vantage',
]);

export const leavesAdrift = (code: string | null): boolean => ADRIFT.has(code as CauseCode);

/** So long a doubt lasts where no sweep settles it, and so long it is not raised again: somebody may only pretend. */
const DOUBT: { readonly lasts: Millis; readonly rests: Millis } = { lasts: 2 * 60_000, rests: 60 * 60_000 };

/** Who came so shortly before we knew may have been heard in the other network. */
const LATELY: Millis = 90_000;

/**
 * The end of our absence, when something was heard before it that comes to us only now: frames wait in buffers, and for the
 * commit before them. null: it was heard here.
 */
export function heardElsewhere(
  { adriftUntil }: Pick<Standing, 'adriftUntil'>,
  network: string,
  { seenAt, at }: { readonly seenAt: Instant; readonly at: Instant },
): Instant | null {
  const until = adriftUntil(network);
  return until !== null && seenAt <= until && isWithinTime(until, DOUBT.lasts, at) ? until : null;
}

interface Standing {
  readonly networkOf: (address: Address) => string;
  /** Since when we do not know where we stand in a network; null: we do. */
  readonly adriftSince: (network: string, at: Instant) => Instant | null;
  readonly adriftUntil: (network: string) => Instant | null;
  readonly gateways: Gateways;
  /** The watched networks where the look asked. */
  readonly segments: readonly { readonly target: string; readonly ranges: readonly AddressRange[] }[];
}

export interface Doubted {
  readonly report: GatedLook['report'];
  readonly doubts: Doubts;
}

/**
 * What counts of a look while we may stand in another network (R5): its link was lost and nobody has looked since, or its
 * gateway answered with a card that nobody knows, and the next sweep has yet to say what that means. Until then strangers
 * that are heard are nobody of ours, and who is silent is not absent; only a sweep of the whole decides.
 */
export function withoutDoubtful({ roll, scan, report, rules }: GatedLook, before: Doubts, standing: Standing): Doubted {
  const { networkOf, gateways, segments } = standing;
  const decides = scan.target !== null;
  const lateSince = ({ address, seenAt }: Observation): Instant | null =>
    heardElsewhere(standing, networkOf(address), { seenAt, at: rules.at });
  const here = report.observations.filter((one) => lateSince(one) === null);
  const doubts = doubtsAfter(before, {
    swept: decides && scan.plan === 'sweep' ? scan.subject : null,
    raised: scan.plan === 'listen' ? strangeGateway(here, { roll, gateways, networkOf }) : null,
    at: rules.at,
  });
  const unsureSince = (network: string): Instant | null =>
    standing.adriftSince(network, rules.at) ?? doubtedSince(doubts.get(network), rules.at);
  if (scan.plan === 'listen')
    return { report: withoutStrangers(report, roll, (one) => unsureSince(networkOf(one.address)) ?? lateSince(one)), doubts };
  const unsure = decides ? [] : segments.filter(({ target }) => unsureSince(target) !== null).flatMap(({ ranges }) => ranges);
  if (unsure.length === 0) return { report, doubts };
  const { coverage } = report;
  return { report: { ...report, coverage: { ...coverage, addresses: subtractRanges(coverage.addresses, unsure) } }, doubts };
}

type UnsureSince = (one: Observation) => Instant | null;

function withoutStrangers(report: GatedLook['report'], roll: Roll, unsureSince: UnsureSince): GatedLook['report'] {
  const held = report.observations.filter((one) => unsureSince(one) !== null);
  if (held.length === 0) return report;
  const known = knownAmong(roll, held);
  const isFresh = (device: Device | undefined, since: Instant): boolean => device !== undefined && device.firstSeen > since - LATELY;
  const isStranger = (one: Observation): boolean =>
    !known.has(one) || (one.mac !== null && isFresh(holderOf(roll, one.mac), unsureSince(one) ?? 0));
  const out = new Set(held.filter(isStranger));
  return out.size === 0 ? report : { ...report, observations: report.observations.filter((one) => !out.has(one)) };
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
  const open = swept === null ? undefined : before.get(swept);
  const settles = open?.settled === false;
  const isNew = raised !== null && !isWithinTime(before.get(raised)?.since, DOUBT.rests, at);
  if (!settles && !isNew) return before;
  const doubts = new Map(before);
  if (swept !== null && settles) doubts.set(swept, { ...open, settled: true });
  if (raised !== null && isNew) doubts.set(raised, { since: at, settled: false });
  return doubts;
}

const doubtedSince = (doubt: Doubt | undefined, at: Instant): Instant | null =>
  doubt && !doubt.settled && isWithinTime(doubt.since, DOUBT.lasts, at) ? doubt.since : null;

/** A clock that was set back must not hold anybody back for ever. */
const isWithinTime = (since: Instant | undefined, length: Millis, at: Instant): boolean =>
  since !== undefined && Math.abs(at - since) < length;
