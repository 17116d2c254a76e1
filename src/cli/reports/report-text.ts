import type { ScanJson, ScanResultJson } from '../../contract/index.ts';
import type { ComparisonItem } from '../../core/index.ts';
import { textLines } from '../diff/printers/text.ts';
import { CHANGE_HEADING, changeRow } from '../printers/change-text.ts';
import { hostTable, outcomePiece } from '../printers/scan-text.ts';
import { localTime } from '../terminal/moment.ts';
import { Output } from '../terminal/output.ts';
import type { Sink } from '../world.ts';
import { headlineOf, type ReportFacts, sentencesOf } from './report-facts.ts';
import { commandLines, type Details, dueText } from './take-details.ts';

/** The report as plain text; whatever came from the network is escaped in it as for a terminal. */
export async function reportText(facts: ReportFacts): Promise<string> {
  const sink = new Pages();
  const out = new Output({ stdout: sink, stderr: sink, env: {} }, { json: false, quiet: false, verbose: facts.verbose });
  const { scan, hosts } = facts.taken;
  out.line(`${facts.heading} of ${scan.subject}, ${localTime(facts.at)}: ${headlineOf(facts)}`);
  out.line(`scan ${scan.id} (${scan.plan}): `, outcomePiece(scan), `, ${scan.up} of ${scan.asked} addresses up`);
  for (const sentence of sentencesOf(facts)) out.line(sentence);
  out.line();
  if (facts.compared !== null) for await (const line of textLines(inTurn(facts.compared()), out.options)) out.line(...line);
  else if (hosts.length > 0) hostTable(out, hosts);
  if (facts.details !== null) detailLines(out, facts.details);
  return sink.text;
}

function detailLines(out: Output, { due, taken, trouble }: Details): void {
  out.line();
  const what = dueText(due);
  if (what === '') return out.line('follow-up: nothing is due');
  if (taken === null) out.line(unaskedText(what, trouble));
  else out.line(`follow-up of ${what}: scan ${taken.scan.id} `, outcomePiece(taken.scan), causeText(taken.scan));
  for (const { address, protocol, port, reason } of due.spared) out.line(`left alone: ${address} ${protocol}/${port} (${reason})`);
  for (const line of commandLines(due)) out.line(`  ${line}`);
  if (taken !== null) foundLines(out, taken);
}

const unaskedText = (what: string, trouble: Details['trouble']): string =>
  trouble === null ? `follow-up, not asked yet: ${what}` : `follow-up of ${what}: not asked, because of ${trouble}`;

const causeText = ({ cause }: ScanJson): string => (cause === null ? '' : `, because ${cause.text}`);

function foundLines(out: Output, { hosts, changes }: ScanResultJson): void {
  out.line();
  hostTable(out, hosts);
  if (changes.length === 0) return;
  out.line();
  out.table(CHANGE_HEADING, changes.map(changeRow));
}

export async function* inTurn(items: Iterable<ComparisonItem>): AsyncGenerator<ComparisonItem, void, void> {
  yield* items;
}

/** Text kept until it is whole. */
class Pages implements Sink {
  readonly #pieces: string[] = [];
  get text(): string {
    return this.#pieces.join('');
  }
  write(piece: string): void {
    this.#pieces.push(piece);
  }
  on(): void {}
}
