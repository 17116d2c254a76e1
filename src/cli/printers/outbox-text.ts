import type { NotificationJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Piece, Tone } from '../terminal/output.ts';
import { shortened } from '../terminal/visible.ts';

const TONES: Readonly<Record<NotificationJson['state'], Tone>> = { waiting: 'warn', delivered: 'good', dead: 'bad', folded: 'dim' };

export const OUTBOX_HEADING = ['ID', 'DUE', 'CHANNEL', 'IS', 'KIND', 'TRIES', 'WHAT'] as const;

/** Columns of a title with the reason behind it. */
const WHAT = 160;

/** A row of the outbox. */
export function outboxRow(notification: NotificationJson): Piece[] {
  const { id, dueAt, channel, state, kind, attempts } = notification;
  return [
    String(id),
    localTime(Date.parse(dueAt)),
    channel,
    { text: state, tone: TONES[state] },
    kind,
    String(attempts),
    shortened(whatOf(notification), WHAT),
  ];
}

function whatOf({ title, because, receipt, state, instead }: NotificationJson): string {
  if (because !== null) return `${title}: ${because}`;
  if (state === 'folded' && instead !== null) return `${title}: told by ${instead}`;
  return state === 'delivered' && receipt ? `${title} (${receipt})` : title;
}
