import { type Clock, PLANS, type Prober, rangesOf, type ScanReport, type StopSignal } from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';
import type { Distrust } from './canary.ts';
import { holderOf } from './overheard.ts';

/** Who is silent costs seconds; nobody waits longer to hear that we are blind. */
const PLAN = { ...PLANS.sweep, budget: 10_000 };

interface Judged {
  readonly report: ScanReport;
  readonly iface: string | null;
  readonly roll: Roll;
  judge(report: ScanReport): Distrust;
}

/**
 * What is to be believed of a report, after canaries whose silence would make us blind were asked directly and by every
 * way there is: a lost reply is no blindness. While we are blind already they are not asked besides; the next look does.
 */
export async function askCanariesAgain(
  { prober, clock }: { readonly prober: Prober; readonly clock: Clock },
  { report, iface, roll, judge }: Judged,
  signal: StopSignal,
): Promise<Distrust> {
  const first = judge(report);
  if (first.silent.length === 0 || signal.aborted) return first;
  const order = { plan: PLAN, addresses: rangesOf(first.silent), iface, thorough: true };
  const second = await prober.look(order, () => {}, signal).catch(() => null);
  if (signal.aborted)
    return { ...first, report: { ...first.report, outcome: 'cancelled', cause: { code: 'stopped', text: String(signal.reason) } } };
  // Who was silent and answers from a card that nobody knows may be of another network, to which we were carried since (R5).
  const answered = (second?.observations ?? []).filter(({ mac }) => mac === null || holderOf(roll, mac) !== undefined);
  if (answered.length === 0) return first;
  const observations = [...report.observations, ...answered];
  return judge({ ...report, finishedAt: Math.max(report.finishedAt, clock.now()), observations });
}
