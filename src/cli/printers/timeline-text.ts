import type { TimelineJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { presencePiece } from './device-text.ts';
import { numberText } from './part-text.ts';
import { counted } from './scan-text.ts';
import { BRUSHES, barOf, localDays, stretchesOf } from './timeline-bar.ts';
import { lengthText } from './timeline-length.ts';

export interface TimelineLook {
  /** Columns of the terminal. */
  readonly columns: number;
  readonly ascii: boolean;
  /** Sessions listed; the newest ones. */
  readonly most: number;
}

const DAY = 86_400_000;
/** More days than these are told in one line. */
const MOST_DAYS = 31;

/** One device: a line for each day, or one for all, then its sessions. Several: a line for each. */
export function printTimelines(out: Output, timelines: readonly TimelineJson[], look: TimelineLook): void {
  const [first, ...others] = timelines;
  if (!first) return;
  if (others.length === 0) return printOne(out, first, look);
  const labels = timelines.map(labelOf);
  out.line({ text: spanText(first), tone: 'dim' });
  const rows = timelines.map((timeline, index) => ({ timeline, label: labels[index] as string }));
  out.table(
    ['DEVICE', 'PRESENT', 'WHEN'],
    rows.map(({ timeline, label }) => [label, shareText(timeline), scaled(timeline, { ...look, taken: longest(labels) + 12 })]),
  );
  out.note(legend(look.ascii));
}

/** "printer (#7)", or "#7" for one without a name. */
function labelOf({ device, part }: TimelineJson): string {
  const number = numberText(device, part);
  return device.name === null ? number : `${device.name} (${number})`;
}

const longest = (texts: readonly string[]): number => texts.reduce((most, { length }) => Math.max(most, length), 0);

const spanText = ({ since, until }: TimelineJson): string => `${localTime(Date.parse(since))} to ${localTime(Date.parse(until))}`;

const shareText = ({ share }: TimelineJson): string =>
  share === null ? '-' : `${(share * 100).toFixed(share > 0.995 && share < 1 ? 2 : 0)} %`;

/** The bar of all of a timeline as one piece: a table paints no parts. */
function scaled(timeline: TimelineJson, { columns, ascii, taken }: TimelineLook & { readonly taken: number }): Piece {
  const [from, to] = [Date.parse(timeline.since), Date.parse(timeline.until)];
  const bar = barOf(stretchesOf(timeline), { from, to, width: Math.max(10, columns - taken), ascii });
  return bar.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

function printOne(out: Output, timeline: TimelineJson, look: TimelineLook): void {
  out.line({ text: labelOf(timeline), tone: 'strong' }, `  ${spanText(timeline)}`);
  if (timeline.cut) out.line({ text: '  there are too many sessions: what was before is left out', tone: 'warn' });
  printBars(out, timeline, look);
  const { present, away, unknown } = timeline.seconds;
  const lengths = [`present ${lengthText(present * 1000)}`, `away ${lengthText(away * 1000)}`, `unknown ${lengthText(unknown * 1000)}`];
  const visits = timeline.sessions.filter(({ presence }) => presence === 'present').length;
  out.line(`${shareText(timeline)} present of the time it is known of: ${lengths.join(', ')}; ${counted(visits, 'session')}`);
  if (timeline.sessions.length === 0) return;
  out.line();
  printSessions(out, timeline, look);
}

function printBars(out: Output, timeline: TimelineJson, { columns, ascii }: TimelineLook): void {
  const [from, to] = [Date.parse(timeline.since), Date.parse(timeline.until)];
  const stretches = stretchesOf(timeline);
  const days = to - from > DAY && to - from <= MOST_DAYS * DAY ? localDays(from, to) : [];
  for (const day of days) {
    const bar = barOf(stretches, { from: day.from, to: day.to, width: dayWidth(columns), ascii });
    out.line(`  ${day.name}  `, ...bar);
  }
  if (days.length === 0) out.line('  ', ...barOf(stretches, { from, to, width: Math.max(10, columns - 4), ascii }));
  out.note(legend(ascii));
}

/** A column for each quarter, half or whole hour, as the terminal has room. */
const dayWidth = (columns: number): number => [96, 72, 48].find((width) => width + 18 <= columns) ?? 24;

function legend(ascii: boolean): Piece {
  const of = (cell: keyof typeof BRUSHES): string => `${BRUSHES[cell][ascii ? 'ascii' : 'unicode']} ${cell}`;
  return { text: `  ${(['present', 'partly', 'away', 'unknown'] as const).map(of).join('  ')}`, tone: 'dim' };
}

function printSessions(out: Output, { sessions, until }: TimelineJson, { most }: TimelineLook): void {
  const shown = sessions.slice(-most);
  if (shown.length < sessions.length)
    out.note(`${counted(sessions.length - shown.length, 'earlier session')} not listed; --all lists them`);
  out.table(
    ['FROM', 'TO', 'LENGTH', 'PRESENCE'],
    shown.map(({ presence, from, to }) => [
      localTime(Date.parse(from)),
      to === null ? 'now' : localTime(Date.parse(to)),
      lengthText(Date.parse(to ?? until) - Date.parse(from)),
      presencePiece(presence),
    ]),
  );
}
