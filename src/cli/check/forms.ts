import { ownWords } from './plain.ts';
import type { AlertRange } from './range.ts';
import { STATES } from './states.ts';
import type { Metric, Verdict } from './verdict.ts';

/** Longest line of text, and what is told in further lines: NRPE hands on 1 KiB, Nagios itself 8. */
const LONGEST_LINE = 400;
const MOST_LINES = 100;
const LONGEST_DETAILS = 4000;

/** One status line with numbers for graphs; further lines when more is asked. Ends with a line break. */
export function asPlugin(verdict: Verdict, verbose: boolean): string {
  const { state, metrics } = verdict;
  const graphs = metrics.length === 0 ? '' : ` | ${metrics.map(metricText).join(' ')}`;
  const lines = verbose ? detailLines(verdict) : [];
  return [`ROLLCALL ${state} - ${lineOf(verdict)}${graphs}`, ...lines, ''].join('\n');
}

/** A line as local checks of Checkmk are: state, name, numbers, text; further lines as "\n" in it. */
export function asCheckmk(verdict: Verdict, { item, verbose }: { readonly item: string; readonly verbose: boolean }): string {
  const name = ownWords(item).replaceAll("'", '');
  const graphs = verdict.metrics.map(({ label, value, warning, critical }) => `${label}=${value}${levels(warning, critical)}`).join('|');
  const lines = [lineOf(verdict), ...(verbose ? detailLines(verdict) : [])].map((line) => line.replaceAll('\\', '/'));
  return `${STATES.indexOf(verdict.state)} "${name}" ${graphs || '-'} ${lines.join('\\n')}\n`;
}

/** The same for programs. */
export const asJson = ({ state, text, details, metrics }: Verdict) => ({
  state,
  code: STATES.indexOf(state),
  text,
  details,
  metrics: metrics.map(({ label, value, unit, warning, critical }) => ({
    label,
    value,
    unit,
    warning: warning?.text ?? null,
    critical: critical?.text ?? null,
  })),
});

/** "present=41;10:50;5:60;0": value with its unit, warning and critical range, least value. */
function metricText({ label, value, unit, warning, critical }: Metric): string {
  const fields = [`${value}${unit}`, warning?.text ?? '', critical?.text ?? '', unit === 's' || warning || critical ? '0' : ''];
  return `${label}=${fields.join(';').replace(/;+$/, '')}`;
}

/** Levels of Checkmk have an upper end, and perhaps a lower one; others it cannot draw. */
function levels(warning: AlertRange | null, critical: AlertRange | null): string {
  const [low, high] = [levelOf(warning), levelOf(critical)];
  return low === '' && high === '' ? '' : `;${low};${high}`.replace(/;+$/, '');
}

function levelOf(range: AlertRange | null): string {
  if (range === null || range.inside || !Number.isFinite(range.to)) return '';
  return Number.isFinite(range.from) && range.from > 0 ? `${range.from}:${range.to}` : String(range.to);
}

const lineOf = ({ text }: Verdict): string => (text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 3)}...` : text);

function detailLines({ details }: Verdict): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const line of details.slice(0, MOST_LINES)) {
    length += line.length + 1;
    if (length > LONGEST_DETAILS) break;
    lines.push(line);
  }
  return lines.length < details.length ? [...lines, `and ${details.length - lines.length} more`] : lines;
}
