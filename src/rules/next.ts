import type { Instant, Notification } from '../core/index.ts';
import { type Desk, waitingOf } from './desk.ts';
import { nextAt, nextIn } from './lane.ts';

/** What to send to a channel now; null: nothing. */
export const nextTo = (desk: Desk, channel: string, now: Instant): Notification | null => nextIn(waitingOf(desk, channel), now);

/**
 * When `beat` or `nextTo` has something to do without anything happening; a moment that is past: now. What waits for channels
 * that are `busy` with something does not count: nobody can send it yet.
 */
export function wakeAt(desk: Desk, busy: ReadonlySet<string> = new Set()): Instant | null {
  const lanes = [...desk.channels].filter((channel) => !busy.has(channel)).map((channel) => nextAt(waitingOf(desk, channel)));
  const moments = [desk.alarms?.at ?? null, ...lanes].filter((at) => at !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}
