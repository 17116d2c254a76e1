import type { Instant, Notification } from '../core/index.ts';
import { ceilingOpensAt, ceilingText } from './ceiling.ts';
import type { Desk, Step } from './desk.ts';
import { type Sitting, sittingOf } from './sitting.ts';
import type { Terms } from './terms.ts';

export interface Resending {
  /** Dead ones, as the store has them; others are left alone. */
  readonly notifications: readonly Notification[];
  readonly terms: Terms;
  readonly now: Instant;
}

/**
 * Sends dead ones anew, under the key they had. They are as old as this. Whoever asks for it wants it now, be it quiet or not,
 * but the storm ceiling holds for these, too.
 */
export function resend(desk: Desk, { notifications, terms, now }: Resending): Step {
  const sitting = sittingOf(desk, { terms, now });
  const { draft } = sitting;
  for (const row of notifications)
    if (row.state === 'dead' && draft.row(row.id)?.state !== 'waiting')
      draft.putRow({ ...row, state: 'waiting', attempts: 0, madeAt: now, endedAt: null, ...slotOf(sitting, row) });
  return draft.done();
}

function slotOf(sitting: Sitting, row: Notification): Pick<Notification, 'dueAt' | 'because'> {
  const { asked, now } = sitting;
  const channel = row.kind === 'edit' ? undefined : asked.channels.get(row.channel);
  const opens = channel === undefined ? 0 : ceilingOpensAt(sitting, channel, row);
  if (channel === undefined || opens <= now) return { dueAt: now, because: null };
  return { dueAt: opens, because: ceilingText(channel, opens, sitting) };
}
