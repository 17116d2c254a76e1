import {
  type AddressRange,
  type Cause,
  type ChangeDraft,
  type Clock,
  type Guard,
  type LookNews,
  type LookOrder,
  type Lot,
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

async function see({ prober, names, expectedAt, mayAsk }: Eyes, { job, find, news }: Look, signal: AbortSignal): Promise<ScanReport> {
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
  if (job.unnamed) return report;
  try {
    const ask = { fresh: job.fresh ?? false, iface: job.iface, mayAsk };
    return { ...report, observations: await names.nameAll(report.observations, signal, ask) };
  } catch (fault) {
    return { ...report, warnings: [...report.warnings, `no names were found: ${messageOf(fault)}`] };
  }
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
