import type { Notification } from '../core/index.ts';
import { notBefore } from './ceiling.ts';
import { coveringRow, digestRow, gatheringRow } from './gathering.ts';
import { withLines } from './lines.ts';
import { merged, type Post } from './merging.ts';
import type { Later } from './muting.ts';
import { passes, restAt } from './resting.ts';
import type { Sitting } from './sitting.ts';
import { digestSlot, type Slot, slotOf } from './slots.ts';
import { noteTogether } from './together.ts';

/** Makes a notification of it, or puts it into one that waits; returns that. */
export function post(sitting: Sitting, what: Post): Notification {
  const hold = holdOf(sitting, what);
  const waits = coveringRow(sitting, what, hold) ?? (hold === null ? gatheringRow(sitting, what) : digestRow(sitting, what, hold));
  if (waits) return putInto(sitting, waits, what);
  if (hold !== null) return put(sitting, made(sitting, what, digestSlot(sitting, what, hold)));
  const slot = slotOf(sitting, what);
  const rest = passes(what, sitting.asked) ? null : restAt(what.channel, slot.dueAt, sitting);
  // It would have to gather others into the quiet hours.
  return rest === null ? put(sitting, made(sitting, what, slot)) : post(sitting, { ...what, later: rest });
}

/** Puts it into a row that waits and tells of its incident already; null: there is none. */
export function postInto(sitting: Sitting, what: Post): Notification | null {
  const waits = coveringRow(sitting, what, holdOf(sitting, what));
  return waits === undefined ? null : putInto(sitting, waits, what);
}

function put({ draft, untitled }: Sitting, row: Notification): Notification {
  draft.putRow(row);
  untitled.rows.add(row.id);
  return row;
}

function putInto(sitting: Sitting, waits: Notification, what: Post): Notification {
  const row = merged(waits, what);
  if (row.incident === null) noteTogether(sitting, row, [waits.incident, what.incident]);
  return put(sitting, { ...row, dueAt: notBefore(sitting, row.dueAt, { ...row, channel: what.channel }) });
}

/** Maintenance, then quiet hours that begin before it is over. */
function holdOf(sitting: Sitting, what: Post): Later | null {
  const later = what.later !== null && what.later.until > sitting.now ? what.later : null;
  const rest = passes(what, sitting.asked) ? null : restAt(what.channel, later?.until ?? sitting.now, sitting);
  return rest ?? later;
}

function made({ draft, now }: Sitting, what: Post, slot: Slot): Notification {
  const { rule, rules, incident, urgency, lines, more, instead } = what;
  return {
    ...draft.nextRow(),
    site: draft.site,
    channel: what.channel.name,
    rule,
    ...(rules && { rules }),
    incident,
    urgency,
    title: '',
    ...withLines({ lines: [], more: 0 }, { lines, more }),
    madeAt: now,
    ...slot,
    state: 'waiting',
    attempts: 0,
    endedAt: null,
    receipt: null,
    handle: null,
    instead,
  };
}

/** What the text of a verdict says of it. */
export function whenTold({ channel, dueAt, because }: Notification, { now, time }: Sitting): string {
  if (dueAt <= now) return channel;
  return `${channel} at ${time(dueAt)}${because === null ? '' : ` (${because})`}`;
}
