import type { Instant, Notification } from '../core/index.ts';
import { ceilingOpensAt, holdToCeiling } from './ceiling.ts';
import { giveUp, noChannel } from './death.ts';
import { isOpen } from './gathering.ts';
import { nextIn } from './lane.ts';
import { isMaintained, type Later } from './muting.ts';
import { post } from './post.ts';
import { passes, restAt } from './resting.ts';
import type { Sitting } from './sitting.ts';
import type { ChannelTerms } from './terms.ts';
import { noteTogetherInstead } from './together.ts';

/** Looks after what waits for a channel: what nobody can deliver, what is too old, what begins to be quiet or no longer is. */
export function sweep(sitting: Sitting, name: string): void {
  for (const { id } of sitting.draft.waiting(name)) {
    // What was done about one may have changed another.
    const row = sitting.draft.row(id);
    if (row?.state === 'waiting') tend(sitting, row, (one) => isOpen(sitting, one));
  }
  const channel = sitting.asked.channels.get(name);
  if (channel !== undefined) holdToCeiling(sitting, channel);
}

/**
 * The same for what would be sent next, when nothing is on its way: thousands may wait behind it, and each is looked after
 * when its turn comes.
 */
export function sweepNext(sitting: Sitting, name: string): void {
  const { draft, now } = sitting;
  for (let row = nextIn(draft.waitingIn(name), now); row !== null; row = nextIn(draft.waitingIn(name), now)) {
    tend(sitting, row, () => true);
    if (draft.row(row.id) === row) return;
  }
}

type IsFree = (row: Notification) => boolean;

function tend(sitting: Sitting, row: Notification, isFree: IsFree): void {
  const channel = sitting.asked.channels.get(row.channel);
  if (channel === undefined) giveUp(sitting, row, noChannel(row.channel));
  else if (row.attempts === 0 && isTooOld(row, channel, sitting.now)) giveUp(sitting, row, tooOld(row));
  else if (row.kind === 'digest' && release(sitting, channel, row)) return;
  // Nearly always it is not quiet, and whether it is free takes a look at all that waits before it.
  else if (quietFor(sitting, channel, row) !== null && isFree(row)) hush(sitting, channel, row);
}

/** What was put off on purpose grows old only from when it could be sent. */
export function isTooOld({ madeAt, dueAt, attempts }: Notification, { ttl }: ChannelTerms, now: Instant): boolean {
  return now - (attempts > 0 ? madeAt : Math.max(madeAt, dueAt)) >= ttl;
}

export const tooOld = ({ because }: Notification): string => `could not be delivered for too long${because === null ? '' : `: ${because}`}`;

/** What would be sent while it is quiet goes into the digest; nobody may have begun to send it. */
export function hush(sitting: Sitting, channel: ChannelTerms, row: Notification): void {
  const { draft, now } = sitting;
  const rest = quietFor(sitting, channel, row);
  if (rest === null) return;
  const { rule, rules, incident, urgency, lines, more } = row;
  const folded = { ...row, state: 'folded', endedAt: now, because: rest.because } as const;
  draft.putRow(folded);
  const told = { rule, ...(rules && { rules }), incident, urgency, lines, more };
  const digest = post(sitting, { ...told, channel, kind: 'joined', later: rest, instead: null });
  noteTogetherInstead(sitting, row, digest);
  draft.putRow({ ...folded, instead: digest.id });
}

function quietFor(sitting: Sitting, channel: ChannelTerms, row: Notification): Later | null {
  if (row.kind === 'edit' || row.kind === 'test' || passes(row, sitting.asked)) return null;
  return restAt(channel, Math.max(sitting.now, row.dueAt), sitting);
}

/**
 * A digest that has nothing to wait for any more: maintenance was ended, or the quiet hours were changed, so that right
 * before its time nothing holds it any longer; whether that is so.
 */
function release(sitting: Sitting, channel: ChannelTerms, row: Notification): boolean {
  const { draft, now, asked } = sitting;
  if (row.dueAt <= now || row.attempts > 0) return false;
  const holds = (at: Instant): boolean => isMaintained(asked.terms, at, sitting) || restAt(channel, at, sitting) !== null;
  if (holds(now) || holds(row.dueAt - 1)) return false;
  const dueAt = Math.max(now, ceilingOpensAt(sitting, channel, row));
  if (dueAt < row.dueAt) draft.putRow({ ...row, dueAt });
  return true;
}
