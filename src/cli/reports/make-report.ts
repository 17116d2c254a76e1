import { Fault, type Instant } from '../../core/index.ts';
import type { IgnoreRules } from '../../diff/index.ts';
import { type Call, EXIT } from '../command.ts';
import { runNdiff } from '../ndiff/run-ndiff.ts';
import { compareKept, Damaged, type KeptComparison, type KeptPair } from './compare-kept.ts';
import { type Staged, stage } from './files.ts';
import type { KeptScan, ReportFolder } from './folder.ts';
import type { Post } from './post.ts';
import { reportDocument } from './report-document.ts';
import { headlineOf, type ReportFacts, type Verdict, verdictOf } from './report-facts.ts';
import { reportPage } from './report-page.ts';
import { reportText } from './report-text.ts';
import { momentOf } from './stamp.ts';
import type { Details } from './take-details.ts';
import type { Taken } from './take-scan.ts';

export interface ReportOrder {
  readonly folder: ReportFolder;
  readonly heading: string;
  readonly rules: IgnoreRules;
  /** Write the differences as Ndiff tells them, too. */
  readonly ndiff: boolean;
  /** Scans kept at most; null keeps all. */
  readonly keep: number | null;
  readonly post: Post | null;
  /** Asks further, once it is known what differs. Not after a scan that failed. */
  readonly details?: () => Promise<Details>;
}

export interface ReportMade {
  readonly facts: ReportFacts;
  readonly verdict: Verdict;
  readonly text: string;
  /** Its JSON, as written. */
  readonly document: string;
}

/**
 * Makes the report of a scan: compared with the newest whole scan of the folder, written, put into the outbox, and only then
 * is the scan the one to compare with. Whatever breaks this off, no difference is ever lost; at worst it is told twice.
 */
export async function makeReport(taken: Taken, order: ReportOrder, call: Call): Promise<ReportMade> {
  const { folder } = order;
  const at = Date.parse(taken.result.scan.finishedAt ?? taken.result.scan.startedAt);
  const stamp = folder.freeStamp(at);
  const whole = taken.result.scan.outcome === 'complete';
  const name = `nmap-${stamp}${whole ? '' : '.partial'}.xml`;
  const staged: Staged[] = [];
  let comparison: KeptComparison | null = null;
  try {
    if (taken.xml === null)
      return await written(factsOf({ taken, stamp, at, ...NOTHING_KEPT }, order, call), { order, call, staged, xml: null });
    const xml = await stage(folder.pathOf(name), taken.xml.stream());
    staged.push(xml);
    const after = { path: xml.path, title: name, scan: taken.result.scan };
    const kept = await comparedWith(folder.previousTo(momentOf(stamp)), { after, rules: order.rules }, call);
    comparison = kept?.comparison ?? null;
    const previous = kept?.previous ?? null;
    const details = (await order.details?.()) ?? null;
    return await written(factsOf({ taken, stamp, at, comparison, previous, details }, order, call), { order, call, staged, xml });
  } finally {
    comparison?.close();
    for (const file of staged) await file.drop();
  }
}

interface Compared {
  readonly previous: KeptScan;
  readonly comparison: KeptComparison;
}

/** Compares with the first of these that can be read; null when there is none at all. One that was damaged must not end all reports to come. */
async function comparedWith(
  scans: readonly KeptScan[],
  { after, rules }: Pick<KeptPair, 'after' | 'rules'>,
  call: Call,
): Promise<Compared | null> {
  for (const previous of scans) {
    try {
      const before = { path: previous.path, title: previous.name };
      return { previous, comparison: await compareKept({ before, after, rules, now: call.world.now() }) };
    } catch (thrown) {
      if (!(thrown instanceof Damaged) || previous === scans.at(-1)) throw thrown;
      call.out.complain({ text: 'rollcall:', tone: 'warn' }, ` ${thrown.message}; it is compared with the scan before`);
    }
  }
  return null;
}

/** Of a scan without output. */
const NOTHING_KEPT = { comparison: null, previous: null, details: null } as const;

interface Found {
  readonly taken: Taken;
  readonly stamp: string;
  readonly at: Instant;
  readonly comparison: KeptComparison | null;
  readonly previous: ReportFacts['previous'];
  readonly details: Details | null;
}

function factsOf({ taken, stamp, at, comparison, previous, details }: Found, { heading, folder }: ReportOrder, { out }: Call): ReportFacts {
  return {
    heading,
    stamp,
    at,
    taken: taken.result,
    previous,
    between: folder.partial.length,
    compared: comparison && comparison.items,
    sum: comparison && comparison.sum,
    details,
    verbose: out.options.verbose,
  };
}

interface Writing {
  readonly order: ReportOrder;
  readonly call: Call;
  readonly staged: Staged[];
  readonly xml: Staged | null;
}

async function written(facts: ReportFacts, { order, call, staged, xml }: Writing): Promise<ReportMade> {
  const { folder, post, keep } = order;
  const { stamp } = facts;
  const put = async (name: string, content: Parameters<typeof stage>[1]): Promise<void> =>
    void staged.push(await stage(folder.pathOf(name), content));
  const [text, page, document] = [await reportText(facts), await collected(reportPage(facts)), await collected(reportDocument(facts))];
  await put(`report-${stamp}.txt`, [text]);
  await put(`report-${stamp}.html`, [page]);
  await put(`report-${stamp}.json`, [document]);
  for (const [ending, file] of facts.details?.files ?? []) await put(`details-${stamp}.${ending}`, file.stream());
  if (order.ndiff && xml !== null && facts.previous !== null)
    await put(`report-${stamp}.ndiff`, [await ndiffText([facts.previous.path, xml.path], call)]);
  await post?.queue({ stamp, at: facts.at, headline: `${facts.taken.scan.subject}: ${headlineOf(facts)}`, text, page, document });
  // The scan last: from then on the next report is compared with it.
  for (const file of [...staged.filter((one) => one !== xml), ...(xml === null ? [] : [xml])]) await file.publish();
  if (keep !== null) await folder.keepOnly(keep, stamp);
  return { facts, verdict: verdictOf(facts), text, document };
}

async function collected(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join('');
}

/** What `rollcall ndiff` prints of two files. */
async function ndiffText(files: readonly [string, string], { world }: Call): Promise<string> {
  const [out, complaints]: [string[], string[]] = [[], []];
  const sinkOf = (pieces: string[]) => ({
    write: (text: string, taken?: () => void) => {
      pieces.push(text);
      taken?.();
    },
    on: () => {},
  });
  const code = await runNdiff(['--', ...files], 'rollcall report', { env: world.env, stdout: sinkOf(out), stderr: sinkOf(complaints) });
  if (code === EXIT.failed) throw new Fault('unavailable', `comparing as Ndiff does: ${complaints.join('').trim()}`, 'leave out --ndiff');
  return out.join('');
}
