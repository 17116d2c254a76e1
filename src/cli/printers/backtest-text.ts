import type { BacktestJson, NotificationJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { shortened } from '../terminal/visible.ts';
import { urgencyPiece } from './rule-text.ts';
import { counted } from './scan-text.ts';

/** Columns of a line about one change. */
const LINE = 160;

/** Each notification that would have gone out, then how often it was told or kept quiet, and why. */
export function printBacktest(out: Output, backtest: BacktestJson): void {
  const { since, until, asked, sent, verdicts, cut } = backtest;
  for (const notification of sent) printSent(out, notification);
  if (sent.length > 0) out.line();
  out.line(
    `${counted(sent.length, 'notification')} from ${counted(asked, 'change')}, ${localTime(Date.parse(since))} to ${localTime(Date.parse(until))}`,
  );
  if (verdicts.length > 0) out.table(['VERDICT', 'REASON', 'CHANGES', 'FOR EXAMPLE'], verdicts.map(verdictRow));
  if (cut) out.note({ text: 'there was more than is looked at; name a shorter time', tone: 'warn' });
}

function printSent(out: Output, { dueAt, channel, kind, urgency, title, lines, more }: NotificationJson): void {
  out.line(`${localTime(Date.parse(dueAt))}  ${channel}  ${kind}  `, urgencyPiece(urgency), '  ', { text: title, tone: 'strong' });
  for (const { seq, text } of lines) out.line(`    ${seq}  ${shortened(text, LINE)}`);
  if (more > 0) out.line(`    and ${more} more`);
}

const verdictRow = ({ verdict, reason, count, example }: BacktestJson['verdicts'][number]): Piece[] => [
  verdictPiece(verdict),
  reason,
  String(count),
  shortened(example, LINE),
];

const verdictPiece = (verdict: 'tell' | 'quiet'): Piece => ({ text: verdict, tone: verdict === 'tell' ? 'good' : 'dim' });
