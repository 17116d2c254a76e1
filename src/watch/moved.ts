import {
  type Address,
  type Cause,
  type Device,
  isWithin,
  NO_COVERAGE,
  type Observation,
  PLANS,
  type Prober,
  rangesOf,
  type ScanReport,
  type StopSignal,
} from '../core/index.ts';
import { type Acquaintance, gatewayChange, NEW_AT_HOME } from './other-network.ts';
import { holderOf } from './overheard.ts';
import { leavesAdrift } from './standing.ts';

/** Who is asked once more whether the network is still the one that was looked at. */
export interface Suspects {
  readonly gateways: readonly Observation[];
  readonly strangers: readonly Observation[];
  readonly known: readonly Observation[];
  readonly elsewhere: Acquaintance['elsewhere'];
  /** The gateway of ours, for whom a look that moved is told; null: nobody knows. */
  readonly former: Device | null;
}

/** Of the strangers, and of those we know, so many are asked. */
const MOST = 8;
/** Who keeps silent is nothing to wait for. */
const PLAN = { ...PLANS.sweep, budget: 5000 };

/**
 * Whom to ask whether we moved while it looked (law 1): a look that begins in one network and ends in another sees some of
 * both, and passes for either. null: it holds nothing that another network would bring, and we were at home before it.
 */
export function suspectMove({ outcome, observations }: ScanReport, { roll, gateways, elsewhere }: Acquaintance): Suspects | null {
  if (outcome === 'failed' || outcome === 'cancelled') return null;
  const others = observations.filter(({ mac, reason }) => mac !== null && reason !== 'localhost-response');
  const routers = others.filter(({ address }) => gateways.now.includes(address));
  const { known = [], strange = [] } = Object.groupBy(
    others.filter((one) => !routers.includes(one)),
    ({ mac }) => (mac !== null && holderOf(roll, mac) ? 'known' : 'strange'),
  );
  const change = gatewayChange(observations, roll, gateways);
  const mixed = strange.length > NEW_AT_HOME && known.length > 0;
  if (elsewhere === undefined && change === null && !mixed) return null;
  const router = routers.flatMap(({ mac }) => (mac !== null && holderOf(roll, mac)) || [])[0];
  const former = change?.former ?? router ?? null;
  return { gateways: routers, strangers: strange.slice(0, MOST), known: known.slice(0, MOST), elsewhere, former };
}

interface Doubtful {
  readonly report: ScanReport;
  readonly iface: string | null;
  readonly suspects: Suspects | null;
}

/**
 * The report, or a failed one where those who answered it do not answer any more, or others do in their place. Where they
 * could not be asked, nobody knows: then it failed, too (law 1), and the next look says more.
 */
export async function askWhetherMoved(
  { prober }: { readonly prober: Prober },
  { report, iface, suspects }: Doubtful,
  signal: StopSignal,
): Promise<ScanReport> {
  if (suspects === null) return report;
  const asked = [...suspects.gateways, ...suspects.strangers, ...suspects.known].map(({ address }) => address);
  if (asked.length === 0) return report;
  if (signal.aborted) return stopped(report, signal);
  const order = { plan: PLAN, addresses: rangesOf(asked), iface };
  const second = await prober.look(order, () => {}, signal).catch(brokenOff);
  if (signal.aborted) return stopped(report, signal);
  const cause = 'code' in second ? unasked(second) : causeToDoubt(suspects, second);
  return cause === null ? report : { ...report, ...NOTHING_SEEN, outcome: 'failed', cause };
}

const NOTHING_SEEN = { coverage: NO_COVERAGE, observations: [] } as const;

/** Who might be of another network, and was not asked again before we stopped, was not seen. */
const stopped = (report: ScanReport, { reason }: StopSignal): ScanReport => ({
  ...report,
  ...NOTHING_SEEN,
  outcome: 'cancelled',
  cause: { code: 'stopped', text: String(reason) },
});

const brokenOff = (fault: unknown): Cause => ({ code: 'tool-failed', text: fault instanceof Error ? fault.message : String(fault) });

const unasked = ({ code, text }: Cause): Cause => ({
  code,
  text: `nobody could be asked whether this still is the network that was looked at: ${text}`,
});

/** Why what the first look saw is not to be believed after the second one; null: it may be. */
function causeToDoubt(suspects: Suspects, second: ScanReport): Cause | null {
  const { outcome, cause, coverage, observations } = second;
  const why = cause ?? { code: 'tool-failed', text: 'the second look ended too early' };
  if (outcome === 'failed' || outcome === 'cancelled') return leavesAdrift(why.code) ? why : unasked(why);
  // Of whom it did not come to ask, silence says nothing (law 2).
  const isAsked = ({ address }: Observation): boolean =>
    isWithin(coverage.addresses, address) || observations.some((one) => one.address === address);
  const among = (some: readonly Observation[]): readonly Observation[] => some.filter(isAsked);
  const heard = {
    ...suspects,
    gateways: among(suspects.gateways),
    strangers: among(suspects.strangers),
    known: among(suspects.known),
  };
  if (heard.gateways.length + heard.strangers.length + heard.known.length === 0) return unasked(why);
  const what = whatMoved(heard, observations);
  if (what === null) return null;
  const former = suspects.elsewhere ? suspects.elsewhere.former : (suspects.former?.id ?? null);
  const text = `the network changed while it was looked at: ${what}`;
  return { code: 'other-network', text, ...(former !== null && { device: former }) };
}

/** What shows that we moved, in words; null: nothing does. A stranger that falls silent at home proves nothing. */
function whatMoved({ gateways, strangers, known, elsewhere }: Suspects, now: readonly Observation[]): string | null {
  const cards = new Map<Address, ReadonlySet<string | null>>(
    [...Map.groupBy(now, ({ address }) => address)].map(([address, seen]) => [address, new Set(seen.map(({ mac }) => mac))]),
  );
  const still = (one: Observation): boolean => cards.get(one.address)?.has(one.mac) === true;
  const other = gateways.find((one) => cards.has(one.address) && gateways.every((any) => any.address !== one.address || !still(any)));
  if (other) return `${other.address} answered from ${other.mac}, and then from ${[...(cards.get(other.address) ?? [])].join(', ')}`;
  if (known.length > 0 && !known.some(still)) return `of ${known.length} known devices that answered, none did when asked again`;
  const left = strangers.filter(still).length;
  if (elsewhere && left * 2 < strangers.length) return `of ${strangers.length} strangers that answered, ${left} did when asked again`;
  return null;
}
