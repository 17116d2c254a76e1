import type { Notification, NotificationKind } from '../core/index.ts';
import { rulesOf } from './causes.ts';
import { ceilingOpensAt, isPressing, placesFor, roomAt } from './ceiling.ts';
import { nextIn } from './lane.ts';
import { MOST_LINES } from './lines.ts';
import { louder, merged, type Post } from './merging.ts';
import type { Later } from './muting.ts';
import type { Sitting } from './sitting.ts';
import { CEILING_SPAN } from './spans.ts';
import { rowsTellingNow } from './together.ts';

/** Whether more can be put into a row: nobody can have begun to send it. What happens in between `settle` finds out. */
export function isOpen({ draft, now }: Pick<Sitting, 'draft' | 'now'>, row: Notification): boolean {
  return draft.isFresh(row) || nextIn(draft.waitingIn(row.channel), now)?.id !== row.id;
}

/** A row that waits and tells of the incident already; undefined: there is none. */
export function coveringRow(sitting: Sitting, what: Post, hold: Later | null): Notification | undefined {
  if (what.incident === null || FOR_THEMSELVES.has(what.kind)) return undefined;
  const latest = what.kind === 'resolved' ? Infinity : Math.max(hold?.until ?? 0, sitting.now + CEILING_SPAN);
  return rowsTellingNow(sitting, what.incident).find(
    (row) =>
      row.state === 'waiting' &&
      row.channel === what.channel.name &&
      row.kind !== 'edit' &&
      row.dueAt <= latest &&
      takes(sitting, row, what),
  );
}

/** These are not told by what was said before. */
const FOR_THEMSELVES: ReadonlySet<NotificationKind> = new Set(['opened', 'reminder', 'escalation', 'fallback']);

/** Whether something can be put into a row without putting that off; a digest is put off anyway. */
function takes(sitting: Sitting, row: Notification, what: Post): boolean {
  if (!isOpen(sitting, row)) return false;
  return row.kind === 'digest' || ceilingOpensAt(sitting, what.channel, merged(row, what)) <= Math.max(row.dueAt, sitting.now);
}

/** The row that gathers what is too much: the last one, when it waits for that, or when there may be no other. */
export function gatheringRow(sitting: Sitting, what: Post): Notification | undefined {
  const { channel, urgency } = what;
  if (channel.ceiling === 0) return undefined;
  const cause = sitting.draft.ofCause(channel.name, what);
  const { told } = cause;
  const waiting = told.filter(({ state }) => state === 'waiting');
  // Whichever takes it has the same cause then. In one that is full nobody would read what another rule says.
  const free = (row: Notification): boolean =>
    (row.lines.length < MOST_LINES || isOfRule(row, what)) &&
    roomAt(channel, cause, louder(row.urgency, urgency)) <= Math.max(row.dueAt, sitting.now) &&
    isOpen(sitting, row);
  const last = waiting.findLast((row) => isOfRule(row, what) && free(row)) ?? waiting.findLast(free);
  if (last === undefined) return undefined;
  const waits = last.dueAt > sitting.now;
  if (waits && isPressing(urgency, told)) return undefined;
  return (waits && last.attempts === 0) || told.length >= placesFor(channel, cause, urgency) ? last : undefined;
}

const isOfRule = (row: Notification, what: Post): boolean => rulesOf(row).some((rule) => rulesOf(what).includes(rule));

export function digestRow(sitting: Sitting, { channel }: Post, { until }: Later): Notification | undefined {
  return sitting.draft
    .waiting(channel.name)
    .find(
      (row) =>
        row.kind === 'digest' && row.attempts === 0 && row.dueAt >= until && row.dueAt <= until + CEILING_SPAN && isOpen(sitting, row),
    );
}
