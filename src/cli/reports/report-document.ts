import { jsonPieces } from '../diff/printers/json.ts';
import { visibleJson } from '../terminal/visible.ts';
import { headlineOf, type ReportFacts, sentencesOf, verdictOf } from './report-facts.ts';
import { inTurn } from './report-text.ts';

/**
 * The report as one JSON document: {"report", "scan", "hosts", "comparison"}. `report.verdict` is first, same, different,
 * partial or failed; `comparison` is that of `rollcall diff --json`, null where nothing was compared.
 * A night has "details" beside them: {"due", "taken"}, what was due to be asked, and the scan that asked it.
 */
export async function* reportDocument(facts: ReportFacts): AsyncGenerator<string, void, void> {
  const { stamp, at, taken, previous, compared, details, verbose } = facts;
  const report = {
    stamp,
    at: new Date(at).toISOString(),
    verdict: verdictOf(facts),
    headline: headlineOf(facts),
    sentences: sentencesOf(facts),
    previous: previous && previous.name,
  };
  yield `{"report": ${shown(report)},\n"scan": ${shown(taken.scan)},\n"hosts": ${shown(taken.hosts)},\n"comparison": `;
  if (compared === null) yield 'null';
  else yield* jsonPieces(inTurn(compared()), { verbose, summary: false });
  if (details !== null) yield `,\n"details": ${shown({ due: details.due, taken: details.taken, trouble: details.trouble })}`;
  yield '}\n';
}

const shown = (value: unknown): string => visibleJson(JSON.stringify(value, null, 2));
