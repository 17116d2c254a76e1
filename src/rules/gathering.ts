import type { Notification, NotificationKind } from '../core/index.ts';
import { ofOneCause, rulesOf } from './causes.ts';
import { ceilingOpensAt, isFull, isPressing } from './ceiling.ts';
import { nextIn } from './lane.ts';
import { merged, type Post } from './merging.ts';
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

export interface Told {
  /** What the channel was told of the same cause within the span of the ceiling, or waits to be told. */
  readonly all: readonly Notification[];
  readonly waiting: readonly Notification[];
}

/** What else a channel is told of the cause of something. */
export function toldOfCause({ draft }: Sitting, what: Post): Told {
  const { name } = what.channel;
  const waiting = draft.waiting(name).filter(({ kind }) => kind !== 'edit' && kind !== 'digest');
  const all = ofOneCause(what, [...draft.sentTo(name), ...waiting]);
  return { all, waiting: all.filter(({ state }) => state === 'waiting') };
}

/** The row that gathers what is too much: the last one, when it waits for that, or when there may be no other. */
export function gatheringRow(sitting: Sitting, what: Post): Notification | undefined {
  if (what.channel.ceiling === 0) return undefined;
  const { all, waiting } = toldOfCause(sitting, what);
  const open = waiting.filter((row) => takes(sitting, row, what));
  const ours = new Set(rulesOf(what));
  const last = open.findLast((row) => rulesOf(row).some((rule) => ours.has(rule))) ?? open.at(-1);
  if (last === undefined) return undefined;
  const waits = last.dueAt > sitting.now;
  if (waits && isPressing(what, all)) return undefined;
  return (waits && last.attempts === 0) || isFull(what.channel, all.length) ? last : undefined;
}

export function digestRow(sitting: Sitting, { channel }: Post, { until }: Later): Notification | undefined {
  return sitting.draft
    .waiting(channel.name)
    .find(
      (row) =>
        row.kind === 'digest' && row.attempts === 0 && row.dueAt >= until && row.dueAt <= until + CEILING_SPAN && isOpen(sitting, row),
    );
}
