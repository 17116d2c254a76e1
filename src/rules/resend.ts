import type { Instant, Notification } from '../core/index.ts';
import type { Desk, Step } from './desk.ts';
import { Draft } from './draft.ts';

export interface Resending {
  /** Dead ones, as the store has them; others are left alone. */
  readonly notifications: readonly Notification[];
  readonly now: Instant;
}

/** Sends dead ones anew, under the key they had. They are as old as this. */
export function resend(desk: Desk, { notifications, now }: Resending): Step {
  const draft = new Draft(desk, now);
  for (const row of notifications)
    if (row.state === 'dead' && draft.row(row.id)?.state !== 'waiting')
      draft.putRow({ ...row, state: 'waiting', attempts: 0, madeAt: now, dueAt: now, endedAt: null, because: null });
  return draft.done();
}
