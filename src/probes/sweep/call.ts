import type { AddressRange, Clock, LookNews, LookOrder, Prober, ScanReport, StopSignal } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import type { Survey } from '../vantage/survey.ts';

export interface SweepProberOptions {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly nmap: Prober;
  readonly arpScan: Prober;
  /** The kernel's neighbour table; null when it cannot be read. */
  readonly neighbours: () => Promise<readonly Neighbour[] | null>;
  readonly survey?: Survey;
}

/** What is the same for all ways of one sweep. */
export interface Call {
  readonly options: SweepProberOptions;
  readonly survey: Survey;
  readonly order: LookOrder;
  readonly news: (item: LookNews) => void;
  readonly signal: StopSignal;
  readonly deadline: number;
}

/** nmap knows no rate without a limit but silence about it. */
export function forNmap(order: LookOrder): LookOrder {
  return { ...order, plan: { ...order.plan, maxRate: order.plan.maxRate || null }, thorough: false };
}

/** The order with the time that is left of it. */
export const remaining = ({ order, options, deadline }: Call): LookOrder => ({
  ...order,
  plan: { ...order.plan, budget: Math.max(1, deadline - options.clock.monotonic()) },
});

export function askByNmap(call: Call, { ranges, iface }: { ranges: readonly AddressRange[]; iface: string | null }): Promise<ScanReport> {
  return call.options.nmap.look({ ...forNmap(remaining(call)), addresses: ranges, iface }, call.news, call.signal);
}
