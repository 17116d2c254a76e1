import type { Notification } from '../core/index.ts';
import { addedSince } from './lines.ts';
import type { Post } from './merging.ts';
import { post } from './post.ts';
import type { Sitting } from './sitting.ts';
import { MEMORY } from './spans.ts';
import { noteTogetherInstead } from './together.ts';

/** Gives a notification up: it stays to be seen and sent anew, and whoever else can tell it does. */
export function giveUp(sitting: Sitting, row: Notification, because: string): void {
  const { draft, now } = sitting;
  draft.putRow({ ...row, state: 'dead', endedAt: now, because });
  if (row.kind === 'edit') tellAnew(sitting, row);
  else tellElsewhere(sitting, row);
}

/** Why what waits for a channel that is gone is given up. */
export const noChannel = (name: string): string => `channel ${name} does not exist any more`;

/** What a message could not be replaced with becomes one of its own. */
function tellAnew(sitting: Sitting, row: Notification): void {
  const channel = sitting.asked.channels.get(row.channel);
  const message = row.instead === null ? undefined : sitting.draft.row(row.instead);
  const isRemembered = (message?.endedAt ?? 0) > sitting.now - MEMORY;
  const added = addedSince(message && isRemembered ? message : { lines: [], more: 0 }, row);
  if (channel === undefined || added === null) return;
  const told = post(sitting, { ...partsOf(row), ...added, channel, kind: 'joined', instead: null });
  noteTogetherInstead(sitting, row, told);
}

/** By the fallback channel. What that one cannot deliver either is dead. */
function tellElsewhere({ asked, ...sitting }: Sitting, row: Notification): void {
  const fallback = asked.channels.get(row.channel)?.fallback ?? null;
  const channel = fallback === null || fallback === row.channel ? undefined : asked.channels.get(fallback);
  if (channel === undefined || row.kind === 'fallback' || row.kind === 'test') return;
  const told = post(
    { asked, ...sitting },
    { ...partsOf(row), lines: row.lines, more: row.more, channel, kind: 'fallback', instead: row.id },
  );
  noteTogetherInstead(sitting, row, told);
}

const partsOf = ({ rule, rules, incident, urgency }: Notification): Pick<Post, 'rule' | 'rules' | 'incident' | 'urgency' | 'later'> => ({
  rule,
  ...(rules && { rules }),
  incident,
  urgency,
  later: null,
});
