import type { GuardInput } from '../../contract/index.ts';
import type { PlanName } from '../../core/index.ts';
import { type IgnoreRules } from '../../diff/index.ts';
import { type Call, EXIT } from '../command.ts';
import { openReportFolder } from './folder.ts';
import { makeReport, type ReportMade } from './make-report.ts';
import { openPost, readReceivers } from './post.ts';
import type { Details } from './take-details.ts';
import { takeScan } from './take-scan.ts';

export interface ReportRun {
  readonly heading: string;
  readonly folder: string;
  readonly targets: readonly string[];
  readonly plan: PlanName;
  readonly ports: string | undefined;
  readonly iface: string | undefined;
  readonly guard: GuardInput | null;
  /** Also in quiet hours. */
  readonly heedless: boolean;
  readonly receivers: readonly string[];
  readonly attach: boolean;
  readonly ndiff: boolean;
  readonly keep: number | null;
  readonly rules: IgnoreRules;
  /** What else to do with it. */
  readonly also?: (made: ReportMade) => Promise<void>;
  /** Follow up what opened. */
  readonly details?: () => Promise<Details>;
}

/** Scans, reports, mails. Resolves to the exit code. */
export async function runReport(run: ReportRun, call: Call): Promise<number> {
  const receivers = readReceivers(run.receivers);
  const folder = await openReportFolder(run.folder, call.world.cwd);
  try {
    const post = await openPost({ receivers, folder: folder.path, attach: run.attach }, call);
    const early = await post?.deliver();
    if (early?.interrupted) return EXIT.interrupted;
    const taken = await takeScan(orderOf(run), call);
    if (taken === null) return EXIT.interrupted;
    const made = await makeReport(taken, { ...run, folder, post }, call);
    print(made, folder.path, call);
    const late = await post?.deliver();
    await run.also?.(made); // where that cannot be written, the report has been told
    if (late?.interrupted) return EXIT.interrupted;
    const unsent = (early?.refused ?? 0) + (late ? late.refused + late.waiting : 0);
    return unsent > 0 ? EXIT.failed : exitOf(made);
  } finally {
    await folder.close();
  }
}

function orderOf({ targets, plan, ports, iface, guard, heedless }: ReportRun): Parameters<typeof takeScan>[0] {
  const said = { ...(ports !== undefined && { ports }), ...(iface !== undefined && { iface }) };
  return { targets: [...targets], plan, ...said, ...(guard !== null && { guard }), ...(heedless && { now: true }) };
}

function print({ facts, text, document }: ReportMade, folder: string, { out }: Call): void {
  out.raw(out.options.json ? document : text);
  out.note(`kept in ${folder}: report-${facts.stamp}.txt, .html and .json`);
}

const exitOf = ({ verdict, facts: { details } }: ReportMade): number => {
  if (details?.interrupted === true) return EXIT.interrupted;
  if (details !== null && details.trouble !== null) return EXIT.failed;
  if (details !== null && details.taken !== null && details.taken.scan.outcome !== 'complete') return EXIT.failed;
  if (verdict === 'different') return EXIT.found;
  return verdict === 'same' || verdict === 'first' ? EXIT.fine : EXIT.failed;
};
