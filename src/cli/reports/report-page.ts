import type { HostJson, ScanJson } from '../../contract/index.ts';
import { htmlPieces, pageStart } from '../diff/printers/html.ts';
import { foreignHtml, html } from '../diff/printers/html-text.ts';
import { portText } from '../printers/port-text.ts';
import { localTime } from '../terminal/moment.ts';
import { headlineOf, type ReportFacts, sentencesOf } from './report-facts.ts';
import { inTurn } from './report-text.ts';
import { commandLines, dueText } from './take-details.ts';

/** The report as one page for mail and browser, like that of `rollcall diff --format html`. */
export async function* reportPage(facts: ReportFacts): AsyncGenerator<string, void, void> {
  const { heading, taken, at, compared, verbose } = facts;
  const told = sentencesOf(facts).map((sentence) => `<p style="margin:8px 0">${foreignHtml(sentence)}</p>\n`);
  const said = [`<p style="font-weight:bold;margin:8px 0">${foreignHtml(headlineOf(facts))}</p>\n`, ...told].join('');
  const title = `${heading} of ${taken.scan.subject}, ${localTime(at)}`;
  if (compared === null) {
    yield `${pageStart(title, title)}${said}${hostsTable(taken.hosts)}${detailsPart(facts)}${END}`;
    return;
  }
  let begun = false;
  for await (const piece of htmlPieces(inTurn(compared()), { verbose, summary: false })) {
    if (piece === END) yield detailsPart(facts);
    yield begun ? piece : piece.replace(HEADING, () => `${heading1(title)}${said}`);
    begun = true;
  }
}

/** How every page ends. */
const END = '</body>\n</html>\n';

const endOf = ({ outcome, cause }: ScanJson): string => (cause === null ? outcome : `${outcome}, because ${cause.text}`);

function detailsPart({ details }: ReportFacts): string {
  if (details === null) return '';
  const { due, taken, trouble } = details;
  const unasked = trouble === null ? '' : `: not asked, because of ${trouble}`;
  const how = taken === null ? unasked : `: scan ${taken.scan.id} ${endOf(taken.scan)}`;
  const head = `<h2 style="font-size:16px;margin:16px 0 8px 0">Follow-up of ${html(dueText(due) || 'nothing')}${foreignHtml(how)}</h2>\n`;
  const commands = commandLines(due).map((line) => `<div style="${MONO};white-space:pre-wrap">${foreignHtml(line)}</div>\n`);
  return `${head}${commands.join('')}${hostsTable(taken?.hosts ?? [])}`;
}

const HEADING = /<h1 [^>]*>[^<]*<\/h1>\n/;
const heading1 = (title: string): string => `<h1 style="font-size:20px;margin:0 0 12px 0">${html(title)}</h1>\n`;

const MONO = 'font-family:monospace';

/** Who is there, where nothing is compared. */
function hostsTable(hosts: readonly HostJson[]): string {
  if (hosts.length === 0) return '';
  const head = ['Address', 'Name', 'MAC', 'Vendor', 'Ports'].map((text) => `<th align="left">${text}</th>`).join('');
  const table = '<table cellpadding="3" cellspacing="0" border="0" style="border-collapse:collapse;margin:0 0 12px 0">';
  return `${table}\n<tr>${head}</tr>\n${hosts.map(hostRow).join('')}</table>\n`;
}

function hostRow({ address, names, mac, vendor, ports, timedOut }: HostJson): string {
  const open = ports.filter(({ state }) => state !== 'closed').map((port) => foreignHtml(portText(port)));
  const told = timedOut ? 'gave up: ports unknown' : open.join('<br/>') || '-';
  const cells = [
    `<td style="${MONO}">${foreignHtml(address)}</td>`,
    ...[names[0], mac, vendor].map((text) => `<td>${foreignHtml(text ?? '-')}</td>`),
  ];
  return `<tr valign="top">${cells.join('')}<td>${told}</td></tr>\n`;
}
