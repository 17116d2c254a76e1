import type { Instant, Notification } from '../core/index.ts';
import { ceilingText, isPressing, notBefore, placesFor, roomAt } from './ceiling.ts';
import type { Post } from './merging.ts';
import type { Later } from './muting.ts';
import type { Sitting } from './sitting.ts';
import { SECOND } from './spans.ts';
import { rowsTellingNow } from './together.ts';

/** What comes third gathers others for so long. */
export const GATHERS = 30 * SECOND;

export interface Slot {
  readonly kind: Notification['kind'];
  readonly dueAt: Instant;
  readonly because: string | null;
}

/** At once, or a little later with what else comes, or when the ceiling allows it. */
export function slotOf(sitting: Sitting, what: Post): Slot {
  const { channel, kind } = what;
  const { now } = sitting;
  const atOnce: Slot = { kind, dueAt: now, because: null };
  if (channel.ceiling === 0) return atOnce;
  const cause = sitting.draft.ofCause(channel.name, what);
  const { told } = cause;
  if (isPressing(what.urgency, told)) return atOnce;
  if (told.length < Math.max(1, placesFor(channel, cause, what.urgency) - 1) && !endsTogether(sitting, what)) return atOnce;
  const opens = roomAt(channel, cause, what.urgency);
  if (opens <= now + GATHERS) return { kind, dueAt: now + GATHERS, because: 'gathers what else comes of the same cause' };
  return { kind, dueAt: opens, because: ceilingText(channel, opens, sitting) };
}

/** Whether it is the end of something that was told together with others: these may be over in a moment, too. */
function endsTogether(sitting: Sitting, { kind, incident, channel }: Post): boolean {
  if (kind !== 'resolved' || incident === null) return false;
  const told = rowsTellingNow(sitting, incident).find((row) => row.channel === channel.name && row.kind !== 'edit');
  return told?.state === 'delivered' && told.incident === null;
}

/** The ceiling counts digests, too. */
export const digestSlot = (sitting: Sitting, what: Post, { until, because }: Later): Slot => ({
  kind: 'digest',
  dueAt: notBefore(sitting, until, what),
  because,
});
