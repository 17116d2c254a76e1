import {
  type Address,
  type AddressRange,
  type Cause,
  type ChangeDraft,
  type Clock,
  type Guard,
  type LookNews,
  type LookOrder,
  type Lot,
  type Mac,
  type Names,
  NO_COVERAGE,
  type Observation,
  type Plan,
  type Prober,
  type ScanReport,
  type Target,
} from '../core/index.ts';
import type { Fold } from '../inventory/index.ts';

/** One scan to be made. */
export interface ScanJob {
  /** null for a scan by hand. */
  readonly target: Target | null;
  readonly subject: string;
  readonly plan: Plan;
  readonly iface: string | null;
  /** What whoever ordered it expects of where we stand. */
  readonly guard?: Guard;
  /** Quiet hours do not hold it back. */
  readonly now?: boolean;
  /** Ask anew for names that were asked for lately. */
  readonly fresh?: boolean;
  /** Nobody is asked for a name: the look before this one has done so. */
  readonly unnamed?: boolean;
  /** What is to be told besides, when it is kept. */
  readonly also?: (fold: Fold) => readonly ChangeDraft[];
}

/** Where a begun scan looks: addresses in scope, of which each lot is asked its own ports where they are told apart; or why it cannot. */
export type Sight =
  | { readonly ok: true; readonly addresses: readonly AddressRange[]; readonly apart?: readonly Lot[] }
  | { readonly ok: false; readonly cause: Cause };
export type Find = (signal: AbortSignal) => Promise<Sight>;

export interface Eyes {
  readonly clock: Clock;
  readonly prober: Prober;
  readonly names: Names;
  /** Who was seen there lately: a hint for ways of looking that cannot ask every address. */
  expectedAt(ranges: readonly AddressRange[]): NonNullable<LookOrder['expected']>;
  /** Routers that this machine sends through now. */
  gateways(): readonly Address[];
  /** The card that the kernel knows for an address; null: none. Left out where nobody can tell. */
  readonly cardAt?: (address: Address) => Promise<Mac | null>;
  /** Whether a host may be asked for its name: not one that is to be left in peace, wherever it turned up. */
  mayAsk(seen: Observation): boolean;
}

export interface Look {
  readonly job: ScanJob;
  readonly find: Find;
  readonly news: (item: LookNews) => void;
}

/**
 * Looks once. Always resolves: a way of looking that breaks off is a failed scan, never a missing one. Its length is
 * steady time: a wall clock that is set in between does not make a scan a year long (R32).
 */
export async function look(eyes: Eyes, order: Look, signal: AbortSignal): Promise<ScanReport> {
  const { clock } = eyes;
  const began = clock.monotonic();
  const report = await see(eyes, order, signal).catch((fault: unknown) =>
    signal.aborted ? stopped(signal) : blindReport({ code: 'tool-failed', text: `the scan broke off: ${messageOf(fault)}` }),
  );
  const finishedAt = clock.now();
  // Who stopped it, and why, is known here only.
  const cause = report.outcome === 'cancelled' && signal.aborted ? stopCause(signal) : report.cause;
  return { ...report, cause, startedAt: finishedAt - Math.round(clock.monotonic() - began), finishedAt };
}

async function see(eyes: Eyes, { job, find, news }: Look, signal: AbortSignal): Promise<ScanReport> {
  const { prober, expectedAt } = eyes;
  if (signal.aborted) return stopped(signal);
  const sight = await find(signal);
  // A name that was not resolved because we stopped says nothing about the network.
  if (signal.aborted) return stopped(signal);
  if (!sight.ok) return blindReport(sight.cause);
  const { addresses, apart } = sight;
  const { plan, iface, target, guard, now } = job;
  const goal = { ...(target && { target: target.spec.text }), ...(guard && { guard }), ...(now && { now }) };
  const order = { plan, addresses, iface, expected: expectedAt(addresses), ...goal, ...(apart && { apart }) };
  const report = await prober.look(order, news, signal);
  return job.unnamed ? report : named(eyes, { job, report }, signal);
}

/** With the names of whoever answered. */
async function named(eyes: Eyes, { job, report }: { job: ScanJob; report: ScanReport }, signal: AbortSignal): Promise<ScanReport> {
  try {
    const ask = { fresh: job.fresh ?? false, iface: job.iface, mayAsk: eyes.mayAsk };
    const observations = await eyes.names.nameAll(report.observations, signal, ask);
    const isNew = observations.some(({ names }, at) => names !== report.observations[at]?.names);
    const stranger = isNew ? await strangeGateway(report, eyes) : null;
    return stranger === null ? { ...report, observations } : unnamed(report, stranger);
  } catch (fault) {
    return unnamed(report, messageOf(fault));
  }
}

const unnamed = (report: ScanReport, why: string): ScanReport => ({
  ...report,
  warnings: [...report.warnings, `no names were found: ${why}`],
});

/** That we were carried to another network while names were asked for, which then are those of there (R5); null: nothing shows it. */
async function strangeGateway({ observations }: ScanReport, { gateways, cardAt }: Eyes): Promise<string | null> {
  for (const address of cardAt === undefined ? [] : gateways()) {
    const cards = observations.flatMap((one) => (one.address === address && one.mac !== null ? [one.mac] : []));
    const card = cards.length === 0 ? null : await cardAt?.(address);
    if (card && !cards.includes(card))
      return `the gateway ${address} answers from ${card} by now, and answered from ${cards.join(', ')} before`;
  }
  return null;
}

const stopCause = (signal: AbortSignal): Cause => ({ code: 'stopped', text: String(signal.reason) });
const stopped = (signal: AbortSignal): ScanReport => blindReport(stopCause(signal));

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/** A scan that never looked: it failed or was stopped, and covers nothing. Its times are set by who followed it. */
function blindReport(cause: Cause): ScanReport {
  return {
    startedAt: 0,
    finishedAt: 0,
    cause,
    outcome: cause.code === 'stopped' ? 'cancelled' : 'failed',
    coverage: NO_COVERAGE,
    vantage: { iface: null, privileged: false },
    tool: { name: '', version: '' },
    commands: [],
    observations: [],
    asked: 0,
    warnings: [],
    raw: null,
  };
}
