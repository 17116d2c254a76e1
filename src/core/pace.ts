import type { Plan, PortChoice } from './plan.ts';
import { countPorts } from './ports.ts';
import type { Millis } from './time.ts';

/** Packets a second at most: to the whole segment, and to any one host of it. null: no such limit. */
export interface Pace {
  readonly rate: number | null;
  readonly perHost: number | null;
}

export const UNPACED: Pace = { rate: null, perHost: null };

/** How many ports of a host a plan asks; 0 when it only asks who is there. */
export function portsOf(ports: PortChoice | null): number {
  if (ports === null) return 0;
  if (ports.kind === 'top') return ports.count;
  return ports.kind === 'all' ? 65_535 : countPorts(ports.ports);
}

/** The plan's own limit, or a lower one. */
export function rateOf({ maxRate }: Pick<Plan, 'maxRate'>, { rate }: Pace): number | null {
  if (maxRate === null || rate === null) return maxRate ?? rate;
  return Math.min(maxRate, rate);
}

/**
 * Hosts asked at once. More than keep the wire busy would only make each take longer, until it is given up on. null leaves
 * it to the tool.
 */
export function hostsAbreast(plan: Pick<Plan, 'maxRate' | 'ports'>, pace: Pace): number | null {
  const rate = rateOf(plan, pace);
  if (rate === null || plan.ports === null) return null;
  // A silent host uses little of the rate, so several times as many as a busy wire needs.
  const busy = pace.perHost === null ? 1 : Math.ceil(rate / pace.perHost);
  return Math.min(64, Math.max(16, 4 * busy));
}

/** Each port may be asked three times before a host counts as too slow. */
const PATIENCE = 3;

/** When to give up on a host that is asked this slowly: never sooner than the plan says. */
export function hostTimeoutOf(plan: Pick<Plan, 'maxRate' | 'ports' | 'hostTimeout'>, pace: Pace): Millis | null {
  if (plan.hostTimeout === null || (pace.rate === null && pace.perHost === null)) return plan.hostTimeout;
  const rate = rateOf(plan, pace);
  const ports = portsOf(plan.ports);
  const shared = rate === null ? 0 : ((hostsAbreast(plan, pace) ?? 1) * ports * 1000) / rate;
  const alone = pace.perHost === null ? 0 : (ports * 1000) / pace.perHost;
  return Math.round(Math.max(plan.hostTimeout, PATIENCE * shared, PATIENCE * alone));
}

/** How long the whole may take: never less than the plan says. */
export function budgetOf(plan: Pick<Plan, 'maxRate' | 'ports' | 'budget'>, pace: Pace, hosts: number): Millis {
  const rate = rateOf(plan, pace);
  return rate === null ? plan.budget : Math.round(Math.max(plan.budget, (PATIENCE * hosts * portsOf(plan.ports) * 1000) / rate));
}
