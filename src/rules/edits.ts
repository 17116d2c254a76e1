import type { IncidentId, Instant, Notification } from '../core/index.ts';
import { isOpen } from './gathering.ts';
import { MOST_LINES, withLines } from './lines.ts';
import type { Post } from './merging.ts';
import { passes, restAt } from './resting.ts';
import type { Sitting } from './sitting.ts';
import { SECOND } from './spans.ts';
import { noteTogether, rowsTellingNow } from './together.ts';

/** A message that was delivered is replaced no more often than this. */
export const EDIT_SPAN = 30 * SECOND;

/** The message of an incident in a channel, and what replaces it. */
interface Thread {
  readonly message: Notification;
  /** Oldest first. */
  readonly edits: readonly Notification[];
}

/** Tells more by replacing the message that there is; null: there is none that can be replaced. */
export function postEdit(sitting: Sitting, what: Post): Notification | null {
  const { draft } = sitting;
  const thread = what.incident === null || !what.channel.edits ? null : threadOf(sitting, what.incident, what);
  if (thread === null) return null;
  const waits = thread.edits.findLast((row) => row.state === 'waiting' && isOpen(sitting, row));
  const row = waits ? { ...waits, ...withLines(waits, what) } : madeEdit(sitting, what, thread);
  draft.putRow(row);
  sitting.untitled.rows.add(row.id);
  if (row.incident === null) noteTogether(sitting, row, [what.incident]);
  return row;
}

function threadOf(sitting: Sitting, incident: IncidentId, { channel, lines }: Post): Thread | null {
  const rows = rowsTellingNow(sitting, incident).filter((row) => row.channel === channel.name);
  const message = rows.findLast((row) => row.state === 'delivered' && row.kind !== 'edit' && row.handle !== null);
  if (message === undefined) return null;
  const edits = sitting.draft.editsOf(message.id);
  // Of several incidents nothing else says which is over.
  const isCut = message.incident === null && (edits.at(-1) ?? message).lines.length + lines.length > MOST_LINES;
  // What cannot be replaced once will not be the next time.
  return isCut || edits.some(({ state }) => state === 'dead') ? null : { message, edits };
}

function madeEdit({ draft, ...sitting }: Sitting, what: Post, { message, edits }: Thread): Notification {
  const newest = edits.at(-1) ?? message;
  const delivered = edits.findLast(({ state }) => state === 'delivered');
  const { dueAt, because } = slotOf({ draft, ...sitting }, what, edits);
  return {
    ...message,
    ...draft.nextRow(),
    kind: 'edit',
    urgency: what.urgency,
    ...withLines(newest, what),
    madeAt: sitting.now,
    dueAt,
    because,
    state: 'waiting',
    attempts: 0,
    endedAt: null,
    receipt: null,
    handle: delivered?.handle ?? message.handle,
    instead: message.id,
  };
}

function slotOf(sitting: Sitting, what: Post, edits: readonly Notification[]): Pick<Notification, 'dueAt' | 'because'> {
  const { now } = sitting;
  const last = edits.reduce((latest, { state, endedAt }) => Math.max(latest, state === 'waiting' ? now : (endedAt ?? 0)), 0);
  const dueAt: Instant = Math.max(now, last + EDIT_SPAN);
  const rest = passes(what, sitting.asked) ? null : restAt(what.channel, dueAt, sitting);
  if (rest !== null) return { dueAt: rest.until, because: rest.because };
  return { dueAt, because: dueAt > now ? 'a message is replaced each 30 s at most' : null };
}

/** Puts off what replaces a message that was replaced just now. */
export function spaceEdits({ draft, now }: Sitting, { id, instead, channel }: Notification): void {
  for (const row of draft.waiting(channel))
    if (row.kind === 'edit' && row.instead === instead && row.id !== id && row.dueAt < now + EDIT_SPAN)
      draft.putRow({ ...row, dueAt: now + EDIT_SPAN });
}
