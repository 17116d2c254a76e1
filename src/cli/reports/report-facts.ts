import type { ScanResultJson } from '../../contract/index.ts';
import type { ComparisonItem, Instant } from '../../core/index.ts';
import { type Sum, sumText } from '../diff/sum-text.ts';
import { counted } from '../printers/scan-text.ts';
import type { KeptScan } from './folder.ts';
import { sawSomething } from './saw-something.ts';
import type { Details } from './take-details.ts';

/** What a run found out, for every form it is told in. */
export interface ReportFacts {
  /** "Report", "Night". */
  readonly heading: string;
  /** By what its files are named. */
  readonly stamp: string;
  readonly at: Instant;
  readonly taken: ScanResultJson;
  /** What it is compared with; null: there is nothing yet, or nothing to compare. */
  readonly previous: KeptScan | null;
  /** Scans since that one that did not see everything. */
  readonly between: number;
  /** Begins anew each time it is called; null as `previous`. */
  readonly compared: (() => Iterable<ComparisonItem>) | null;
  readonly sum: Sum | null;
  /** What the ports that opened serve; null where that is not asked. */
  readonly details: Details | null;
  readonly verbose: boolean;
}

export type Verdict = 'first' | 'same' | 'different' | 'partial' | 'failed';

/** In one word, and so what the exit code says: a scan that saw less than it should never says "same". */
export function verdictOf({ taken: { scan }, sum }: Pick<ReportFacts, 'taken' | 'sum'>): Verdict {
  if (!sawSomething(scan)) return 'failed';
  if (sum !== null && sum.different > 0) return 'different';
  if (scan.outcome !== 'complete') return 'partial';
  return sum === null ? 'first' : 'same';
}

/** The report in one line, without its subject: for the mail, the page and the terminal. */
export function headlineOf(facts: ReportFacts): string {
  const { taken, sum } = facts;
  const verdict = verdictOf(facts);
  const found = `${counted(taken.scan.up, 'host')} up`;
  if (verdict === 'failed') return `the scan ${taken.scan.outcome === 'cancelled' ? 'was cancelled' : 'failed'}, nothing is known`;
  if (verdict === 'first') return `first report, ${found}`;
  const told = sum === null ? found : sumText(sum);
  return taken.scan.outcome === 'complete' ? told : `partial scan: ${told}`;
}

/** Sentences that every form of the report says above its differences. */
export function sentencesOf(facts: ReportFacts): string[] {
  const { taken, previous, between } = facts;
  const { scan, warnings } = taken;
  const verdict = verdictOf(facts);
  const because = scan.cause === null ? '' : `: ${scan.cause.text}`;
  return [
    ...(verdict === 'failed'
      ? [`The scan ${scan.outcome}${because}. So nothing is said of who is there; the next report compares with the same scan as before.`]
      : []),
    ...(scan.outcome === 'partial'
      ? [`The scan did not see everything${because}. What it did not see is unknown, and no later report is compared with it.`]
      : []),
    ...(previous === null && verdict === 'partial' ? ['There is no whole scan here yet that it could be compared with.'] : []),
    ...(previous === null && verdict === 'first'
      ? ['This is the first report here: there is nothing to compare with yet. From now on each tells what differs from the one before.']
      : []),
    ...(between > 0 && previous !== null
      ? [`${counted(between, 'scan')} since ${previous.name} saw only a part, so this compares with that one again.`]
      : []),
    ...(scan.privileged === false
      ? ['It was made without privilege, by connections only: no MACs are seen, and filtered ports tell less.']
      : []),
    ...warnings,
  ];
}
