import type { CostJson } from '../../contract/index.ts';
import { formatDuration } from '../../core/index.ts';
import type { Output } from '../terminal/output.ts';

/** "ports: 60628 packets in 3m29s for 60 of 254 addresses; 120628 in 7m at worst" */
export function costText({ plan, addresses, present, likely, worst }: CostJson): string {
  const of = `${present} known of ${addresses} ${addresses === 1 ? 'address' : 'addresses'}`;
  return `${plan}: about ${spent(likely)} (${of}); at worst ${spent(worst)}`;
}

export const spent = ({ packets, seconds }: { readonly packets: number; readonly seconds: number }): string =>
  `${packets} packets in ${formatDuration(Math.max(1, Math.round(seconds)) * 1000)}`;

/** What plans would cost: JSON, or a line for each. */
export function printForecast(out: Output, costs: readonly CostJson[]): void {
  if (out.options.json) out.json(costs);
  else for (const cost of costs) out.line(costText(cost));
}
