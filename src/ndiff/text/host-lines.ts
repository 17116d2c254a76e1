import { compareText } from '../code-points.ts';
import { isChange } from '../compare-hosts.ts';
import type { HostDiff } from '../differences.ts';
import { hostName } from '../host-name.ts';
import { NoOrder } from '../pairs.ts';
import type { NdiffHost } from '../scan.ts';
import { sideMark } from './mark.ts';
import { markedLines } from './script-lines.ts';

/** Who the host is. */
export function nameLines({ a, b, identityDiffers }: HostDiff): string[] {
  if (!identityDiffers) return [` ${hostName(a)}:`];
  return [...(a.state === null ? [] : [`-${hostName(a)}:`]), ...(b.state === null ? [] : [`+${hostName(b)}:`])];
}

export function stateLines({ a, b, stateDiffers, verbose }: HostDiff): string[] {
  if (!stateDiffers) return verbose ? [` Host is ${a.state ?? 'None'}.`] : [];
  return [...(a.state === null ? [] : [`-Host is ${a.state}.`]), ...(b.state === null ? [] : [`+Host is ${b.state}.`])];
}

/** How many ports are not told one by one; throws {@link NoOrder}. A line each, for Ndiff may die of the second one after it has said the first. */
export function* notShownLines({ a, b, extraportsDiffer, verbose }: HostDiff): Generator<string> {
  if (!extraportsDiffer && !verbose) return;
  if (a.extraports.size > 0) yield `${extraportsDiffer ? '-' : ' '}Not shown: ${notShown(a)}`;
  if (b.extraports.size > 0 && extraportsDiffer) yield `+Not shown: ${notShown(b)}`;
}

type Count = readonly [state: string | null, count: number | bigint];

function notShown({ extraports }: NdiffHost): string {
  const counts = [...extraports].sort(byCountDown);
  return counts.map(([state, count]) => `${count} ${state ?? 'None'} ports`).join(', ');
}

function byCountDown([stateA, countA]: Count, [stateB, countB]: Count): number {
  if (countA !== countB) return countA < countB ? 1 : -1;
  if (stateA === null || stateB === null) throw new NoOrder(`${countA} ports without a state cannot be ordered among ${countA} others`);
  return compareText(stateB, stateA);
}

export function osLines({ a, b, os, verbose }: HostDiff): string[] {
  if (!verbose && !os.some(isChange)) return [];
  const lines = markedLines(a.os, b.os, os).map((line) => `${line[0]}  ${line.slice(1)}`);
  return lines.length === 0 ? [] : [`${sideMark(a.os.length > 0, b.os.length > 0)}OS details:`, ...lines];
}
