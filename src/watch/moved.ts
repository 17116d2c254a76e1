import {
  type Address,
  type Cause,
  type Device,
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

/** The report, or a failed one where those who answered it do not answer any more, or others do in their place. */
export async function askWhetherMoved(
  { prober }: { readonly prober: Prober },
  { report, iface, suspects }: Doubtful,
  signal: StopSignal,
): Promise<ScanReport> {
  if (suspects === null || signal.aborted) return report;
  const asked = [...suspects.gateways, ...suspects.strangers, ...suspects.known].map(({ address }) => address);
  if (asked.length === 0) return report;
  const second = await prober.look({ plan: PLAN, addresses: rangesOf(asked), iface }, () => {}, signal).catch(() => null);
  const cause = second === null || signal.aborted ? null : causeToDoubt(suspects, second);
  return cause === null ? report : { ...report, outcome: 'failed', cause, coverage: NO_COVERAGE, observations: [] };
}

/** Why what the first look saw is not to be believed after the second one; null: it may be. */
function causeToDoubt(suspects: Suspects, second: ScanReport): Cause | null {
  if (second.outcome === 'failed') return leavesAdrift(second.cause?.code ?? null) ? second.cause : null;
  const what = whatMoved(suspects, second.observations);
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
