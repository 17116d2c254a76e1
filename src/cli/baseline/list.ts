import type { ApprovalJson, BaselineJson } from '../../contract/index.ts';
import { type Call, EXIT } from '../command.ts';
import { wrongWords } from '../sub-words.ts';
import { localTime } from '../terminal/moment.ts';
import { momentOf } from '../who-and-when.ts';
import { optionsOf } from './options.ts';
import { approvalText, standingText, subjectText } from './texts.ts';

/** What is approved; with "moments" the moments that were kept. */
export async function list(call: Call, words: readonly string[]): Promise<number> {
  const [what, ...rest] = words;
  if (what === 'moments') return listMoments(call, rest);
  if (what !== undefined) throw wrongWords('baseline list', words, 'list, or list moments [TARGET]');
  const { out, world, withClient } = call;
  const { at, all = false } = optionsOf(call, 'list', ['at', 'all']);
  const question = { over: all ? ('yes' as const) : ('no' as const), ...(at !== undefined && { at: momentOf(at, world.now()) }) };
  const approvals = await withClient((client) => client.approvals.list(question));
  if (out.options.json) out.json(approvals);
  else if (approvals.length > 0) out.table(['ID', 'OF', 'WHAT', 'BY', 'SINCE', 'UNTIL', 'WHY'], approvals.map(rowOf));
  else out.note('nothing is approved; approve all that is there with "rollcall baseline make"');
  return EXIT.fine;
}

const rowOf = (approval: ApprovalJson): string[] => [
  String(approval.id),
  subjectText(approval),
  approvalText(approval),
  approval.by ?? '-',
  localTime(Date.parse(approval.at)),
  standingText(approval, localTime),
  approval.why ?? '-',
];

async function listMoments(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  optionsOf(call, 'list moments', []);
  const [target, ...others] = words;
  if (others.length > 0) throw wrongWords('baseline list moments', words, 'list moments [TARGET]');
  const kept = await withClient((client) => client.baselines.list(target === undefined ? {} : { target }));
  if (out.options.json) out.json(kept);
  else if (kept.length > 0) out.table(['ID', 'OF', 'AT', 'BY', 'NOTE'], kept.map(momentRow));
  else out.note('no baseline is kept; make one with "rollcall baseline make"');
  return EXIT.fine;
}

const momentRow = (baseline: BaselineJson): string[] => [
  String(baseline.id),
  baseline.target ?? 'everything',
  localTime(Date.parse(baseline.at)),
  baseline.by ?? '-',
  baseline.note ?? '-',
];
